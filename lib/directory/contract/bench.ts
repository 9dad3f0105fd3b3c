import { ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { type LdifEntry, readLdif } from "#lib/directory/contract/ldif.ts";
import { type Seed, seed } from "#lib/directory/contract/seed.ts";
import type { Subject } from "#lib/directory/contract/subject.ts";
import { attributes } from "#lib/directory/contract/verbs.ts";
import type { Directory } from "#lib/directory/directory.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";
import { childDn, type Dn } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";

/** What every test of the suite works with: a directory that runs, its seed, and two ways to look at it. */
export class Bench {
  #subject: Subject | undefined;
  #seed: Seed | undefined;
  #directory: Directory | undefined;
  #groups = 0;

  async start(start: () => Promise<Subject>): Promise<void> {
    this.#subject = await start();
    this.#seed = await seed(this.#subject, 3500);
    this.#directory = await this.connect();
  }

  async stop(): Promise<void> {
    await this.#directory?.close();
    await this.#subject?.stop();
  }

  get subject(): Subject {
    return started(this.#subject);
  }

  /** The port under test, as an administrator. */
  get directory(): Directory {
    return started(this.#directory);
  }

  get root(): Dn {
    return started(this.#seed).root;
  }

  get target(): Dn {
    return started(this.#seed).target;
  }

  get elsewhere(): Dn {
    return started(this.#seed).elsewhere;
  }

  get people(): Seed["people"] {
    return started(this.#seed).people;
  }

  get limited(): Seed["limited"] {
    return started(this.#seed).limited;
  }

  /** What the directory really holds, as another program sees it. */
  async search(
    filter: string,
    names: readonly string[],
    base: string = this.root,
  ): Promise<readonly LdifEntry[]> {
    return readLdif(await ldapsearch(this.subject.access, base, filter, names));
  }

  connect(
    changes: Partial<DirectoryCredentials> = {},
    url: string = this.subject.url,
    timeoutMs = 20_000,
  ): Promise<Directory> {
    return connectDirectory({ ...this.subject.credentials, ...changes }, { url, timeoutMs });
  }

  /** A new group in the target. */
  async newGroup(name?: string): Promise<{ readonly guid: Guid; readonly dn: Dn }> {
    this.#groups++;
    const dn = childDn("CN", name ?? `new ${this.#groups}`, this.target);
    return { guid: await this.directory.create(dn, attributes()), dn };
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the bench is not started");
  return part;
}
