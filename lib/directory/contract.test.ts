import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { Bench } from "#lib/directory/contract/bench.ts";
import { breaking } from "#lib/directory/contract/breaking.ts";
import { connecting } from "#lib/directory/contract/connecting.ts";
import { describing } from "#lib/directory/contract/describing.ts";
import { groups } from "#lib/directory/contract/groups.ts";
import { changing, knowing, nesting } from "#lib/directory/contract/knowing.ts";
import { members } from "#lib/directory/contract/members.ts";
import { rights } from "#lib/directory/contract/rights.ts";
import { administratorPassword, type Subject, subject } from "#lib/directory/contract/subject.ts";
import { sandboxCertificates } from "#lib/sandbox/certificates.ts";
import { startDirectory } from "#lib/sandbox/directory/directory.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";

async function simulated(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "contract-simulated-"));
  const { authority, server } = await sandboxCertificates(folder, ["dc1.contoso.test"]);
  const { key, certificate } = server;
  const running = await startDirectory({ port: 0, plainPort: 0, key, certificate, administratorPassword });
  const startTlsUrl = running.plainUrl;
  if (startTlsUrl === undefined) throw new Error("the simulated directory has no port for StartTLS");
  // OpenLDAP takes “localhost” for the machine's own name, which the certificate is not for.
  const url = running.url.replace("localhost", "127.0.0.1");
  return await subject({ url, startTlsUrl, caFile: authority.certificateFile }, async () => {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  });
}

async function samba(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "contract-samba-"));
  const ip = "127.0.0.31";
  const running = await startSamba({ directory: folder, ip, administratorPassword });
  const { url, caFile } = running;
  return await subject({ url, startTlsUrl: `ldap://${ip}:389`, caFile }, async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

/** The directories that must behave alike. */
const subjects = [
  { name: "the simulated directory", start: simulated, isSamba: false },
  { name: "Samba", start: samba, isSamba: true },
];

describe.each(subjects)("the Directory port on $name", ({ start, isSamba }) => {
  const bench = new Bench();
  beforeAll(() => bench.start(start), 60_000);
  afterAll(() => bench.stop(), 30_000);

  describing(bench);
  groups(bench);
  members(bench);
  connecting(bench);
  rights(bench);
  breaking(bench);
  knowing(bench);
  changing(bench);
  // Samba does not enforce which groups may hold which.
  if (!isSamba) nesting(bench);
});
