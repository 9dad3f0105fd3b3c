import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, Control, type Entry } from "ldapts";
import { base, type DirectoryUnderTest, type Kind, signedInClient, startUnderTest } from "./directories.ts";

/** The OU in which the tests work. */
export const unit = `OU=Conformance,${base}`;

export const inUnit = (name: string) => `CN=${name},${unit}`;

/** groupType of a universal security group. */
export const universal = "-2147483640";

/** What the tests of one kind of directory share: it, and Administrator's connection to it. */
export class Bench {
  readonly kind: Kind;
  readonly folder = mkdtempSync(join(tmpdir(), "conformance-"));
  #directory: DirectoryUnderTest | undefined;
  #client: Client | undefined;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  async start(): Promise<void> {
    this.#directory = await startUnderTest(this.kind);
    this.#client = await signedInClient(this.#directory);
    await this.#client.add(unit, { objectClass: "organizationalUnit" });
  }

  async stop(): Promise<void> {
    await this.#client?.unbind();
    await this.#directory?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get directory(): DirectoryUnderTest {
    if (this.#directory === undefined) throw new Error("the directory has not started");
    return this.#directory;
  }

  get client(): Client {
    if (this.#client === undefined) throw new Error("the directory has not started");
    return this.#client;
  }
}

/** A control whose value is SEQUENCE { INTEGER }, or that has none. */
export class FlagsControl extends Control {
  readonly #flags: number | undefined;

  constructor(oid: string, flags?: number) {
    super(oid, { critical: true });
    this.#flags = flags;
  }

  protected override writeControl(writer: Parameters<Control["write"]>[0]): void {
    if (this.#flags !== undefined) writer.writeBuffer(Buffer.from([0x30, 3, 2, 1, this.#flags]), 4);
  }
}

/** The entry at the DN. Throws when there is none. */
export async function readOne(
  client: Client,
  dn: string,
  attributes: string[] = [],
  controls: Control[] = [],
): Promise<Entry> {
  const explicitBufferAttributes = ["objectGUID", "objectSid", "nTSecurityDescriptor"];
  const options = { scope: "base" as const, attributes, explicitBufferAttributes };
  const [entry] = (await client.search(dn, options, controls)).searchEntries;
  if (entry === undefined) throw new Error(`nothing at ${dn}`);
  return entry;
}

/** The values of an attribute, however ldapts gives them, sorted. */
export const list = (value: unknown) => (Array.isArray(value) ? value : [value]).map(String).sort();
