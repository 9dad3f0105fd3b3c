import { expect } from "vitest";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import type { ErrorCode } from "#lib/model/errors.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

export async function failure(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
}

export async function expectFailure(promise: Promise<unknown>, code: ErrorCode, why: RegExp): Promise<void> {
  const { problem } = await failure(promise);
  expect(problem).toMatchObject({ code, why: expect.stringMatching(why) });
}

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of stream) list.push(item);
  return list;
}

export const bySid = (sid: Sid): DirectoryReference => ({ by: "sid", sid });
export const byGuid = (guid: Guid): DirectoryReference => ({ by: "guid", guid });
export const nobodyByGuid = byGuid("00000000-1111-4222-8333-444455556666" as Guid);

let counter = 0;
/** Attributes of a new group, its anchor and sAMAccountName unlike those of any other. */
export function attributes(more: Record<string, readonly string[]> = {}): Record<string, readonly string[]> {
  counter++;
  const id = `Group_00000000-0000-4000-8000-${String(counter).padStart(12, "0")}`;
  return {
    displayName: [`Group ${counter}`],
    groupType: ["-2147483640"],
    sAMAccountName: [`contract-${counter}`],
    adminDescription: [id],
    "msDS-ExternalDirectoryObjectId": [id],
    ...more,
  };
}
