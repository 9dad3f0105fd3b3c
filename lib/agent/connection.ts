import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Directory } from "#lib/directory/directory.ts";
import {
  type DirectoryCredentials,
  type DirectoryDescription,
  directoryCredentials,
} from "#lib/model/directory.ts";
import { Failure } from "#lib/model/problem.ts";

export type Connect = (credentials: DirectoryCredentials) => Promise<Directory>;

/** Reads the credentials of an earlier Configure; undefined when there was none. E2009 when they can't be read. */
function readCredentials(file: string): DirectoryCredentials | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new Failure("E2009", { cause, why: `The file ${file} cannot be read.` });
  }
  const parsed = directoryCredentials.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Failure("E2009", {
      why: `The file ${file} does not hold credentials. Delete it and connect again.`,
    });
  return parsed.data;
}

/**
 * The agent's connection to the directory. Credentials are kept in memory when they were checked, and on disk
 * (readable by the agent's account alone) once `Configure` has been pressed.
 */
export class Connection {
  readonly #file: string;
  readonly #connect: Connect;
  #credentials: DirectoryCredentials | undefined;
  #description: DirectoryDescription | undefined;

  constructor(file: string, connect: Connect) {
    this.#file = file;
    this.#connect = connect;
    this.#credentials = readCredentials(file);
  }

  /** Checks the credentials against the domain controller, and uses them from now on if they are right. */
  async use(credentials: DirectoryCredentials): Promise<DirectoryDescription> {
    const directory = await this.#connect(credentials);
    try {
      this.#description = await directory.describe();
      this.#credentials = credentials;
      return this.#description;
    } finally {
      await directory.close();
    }
  }

  /** The directory's description, read once; null when no credentials are known or they no longer work. */
  async description(): Promise<DirectoryDescription | null> {
    if (this.#credentials === undefined) return null;
    if (this.#description === undefined) await this.use(this.#credentials);
    return this.#description ?? null;
  }

  /** A connected directory; whoever asks closes it. E2008 without credentials. */
  async open(): Promise<Directory> {
    if (this.#credentials === undefined) throw new Failure("E2008");
    return this.#connect(this.#credentials);
  }

  get known(): boolean {
    return this.#credentials !== undefined;
  }

  /** Keeps the credentials over a restart. E2009 when the file can't be written. */
  save(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      const fresh = `${this.#file}.new`;
      writeFileSync(fresh, JSON.stringify(this.#credentials), { mode: 0o600 });
      chmodSync(fresh, 0o600);
      renameSync(fresh, this.#file);
    } catch (cause) {
      throw new Failure("E2009", { cause, why: `The file ${this.#file} cannot be written.` });
    }
  }
}
