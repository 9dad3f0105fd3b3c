import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connect, type TLSSocket } from "node:tls";
import fc from "fast-check";
import { Attribute, type Client } from "ldapts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { administratorPassword } from "#lib/sandbox/contoso/people.ts";
import {
  base,
  certificateIn,
  codeOf,
  type DirectoryUnderTest,
  fileWith,
  readCa,
  signedInClient,
  startUnderTest,
} from "./conformance/directories.ts";
import { change } from "./conformance/refusals.ts";
import type { RunningDirectory } from "./directory.ts";
import { encode, encodeInteger, encodeText, readElements, readInteger, tags } from "./wire/ber.ts";
import { encodeControls, pagingControl, readControls, readPaging } from "./wire/controls.ts";
import { Framing } from "./wire/framing.ts";

let directory: DirectoryUnderTest;
let simulated: RunningDirectory;
beforeAll(async () => {
  directory = await startUnderTest("simulated");
  simulated = directory.simulated as RunningDirectory;
});
afterAll(() => directory.stop());

async function rawConnection(): Promise<TLSSocket> {
  const { port } = new URL(directory.url);
  const socket = connect({
    host: "127.0.0.1",
    port: Number(port),
    servername: "localhost",
    ca: readCa(directory),
  });
  socket.on("error", () => socket.destroy());
  await once(socket, "secureConnect");
  return socket;
}

/** Sends messages and gives the contents of as many answers. */
async function exchange(socket: TLSSocket, messages: readonly Buffer[], answers: number): Promise<Buffer[]> {
  const framing = new Framing(1 << 24);
  const found: Buffer[] = [];
  socket.write(Buffer.concat(messages));
  for await (const [chunk] of onData(socket)) {
    found.push(...framing.push(chunk));
    if (found.length >= answers) break;
  }
  return found;
}

async function* onData(socket: TLSSocket): AsyncGenerator<[Buffer]> {
  while (!socket.destroyed) yield (await once(socket, "data")) as [Buffer];
}

const bindMessage = (id: number) =>
  encode(
    tags.sequence,
    encodeInteger(id),
    encode(0x60, encodeInteger(3), encodeText(directory.administrator), encodeText(directory.password, 0x80)),
  );

function searchMessage(id: number, size: number, cookie: string): Buffer {
  const body = encode(
    0x63,
    encodeText(base),
    encodeInteger(2, tags.enumerated),
    encodeInteger(0, tags.enumerated),
    encodeInteger(0),
    encodeInteger(0),
    encode(tags.boolean, Buffer.from([0])),
    encodeText("objectClass", 0x87),
    encode(tags.sequence, encodeText("1.1")),
  );
  const paging = encode(tags.sequence, encodeInteger(size), encodeText(cookie));
  const controls = encodeControls([{ ...pagingControl(""), critical: true, value: paging }]);
  return encode(tags.sequence, encodeInteger(id), body, controls);
}

function resultOf(content: Buffer | undefined): { code: number; cookie: string | undefined } {
  const [, operation, controls] = readElements(content ?? Buffer.alloc(0));
  const [code] = readElements(operation?.content ?? Buffer.alloc(0));
  const [control] = controls === undefined ? [] : readControls(controls.content);
  return {
    code: readInteger(code?.content ?? Buffer.alloc(0)),
    cookie: control?.value === undefined ? undefined : readPaging(control.value).cookie,
  };
}

describe("paging", () => {
  test("a cookie counts once, and on its own connection alone", async () => {
    const socket = await rawConnection();
    const first = await exchange(socket, [bindMessage(1), searchMessage(2, 5, "")], 7);
    const { code, cookie = "" } = resultOf(first.at(-1));
    expect([code, cookie]).toEqual([0, expect.stringMatching(/./)]);
    const other = await rawConnection();
    const [, stolen] = await exchange(other, [bindMessage(1), searchMessage(2, 5, cookie)], 2);
    expect(resultOf(stolen).code).toBe(12);
    const second = await exchange(socket, [searchMessage(3, 1000, cookie)], 1);
    expect(second.length).toBeGreaterThan(0);
    await once(socket, "data", { signal: AbortSignal.timeout(100) }).catch(() => undefined);
    const [again] = await exchange(socket, [searchMessage(4, 5, cookie)], 1);
    expect(resultOf(again).code).toBe(12);
    socket.destroy();
    other.destroy();
  });
});

describe("bytes that are no LDAP", () => {
  test("get a notice of disconnection, and the server goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (bytes) => {
        const socket = await rawConnection();
        socket.resume();
        socket.end(Buffer.from(bytes));
        if (!socket.closed) await once(socket, "close");
      }),
      { numRuns: 60 },
    );
    const client = await signedInClient(directory);
    await client.unbind();
  });

  test("inside a good envelope get protocolError for their id, and the connection stays", async () => {
    const socket = await rawConnection();
    const bad = encode(tags.sequence, encodeInteger(9), encode(0x63, encodeText("x")));
    const [answer, bound] = await exchange(socket, [bad, bindMessage(10)], 2);
    expect(resultOf(answer).code).toBe(2);
    expect(resultOf(bound).code).toBe(0);
    socket.destroy();
  });

  test("that claim to be longer than the server takes end the connection", async () => {
    const socket = await rawConnection();
    const [notice] = await exchange(socket, [Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff])], 1);
    expect(resultOf(notice).code).toBe(2);
    await once(socket, "close");
  });
});

test("what is sent in clear after StartTLS is not done under TLS", async () => {
  const { port } = new URL(directory.plainUrl);
  const socket = connectPlain({ host: "127.0.0.1", port: Number(port) });
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  const startTls = encode(
    tags.sequence,
    encodeInteger(1),
    encode(0x77, encodeText("1.3.6.1.4.1.1466.20037", 0x80)),
  );
  socket.write(Buffer.concat([startTls, bindMessage(2)]));
  const framing = new Framing(1 << 20);
  const answers: number[] = [];
  socket.on("data", (chunk: Buffer) => {
    for (const content of framing.push(chunk)) answers.push(resultOf(content).code);
  });
  await once(socket, "close");
  expect(answers).toEqual([0]);
});

describe("disturbances", () => {
  let client: Client;
  beforeAll(async () => {
    client = await signedInClient(directory);
    await client.add(`OU=Faults,${base}`, { objectClass: "organizationalUnit" });
  });
  afterEach(() => simulated.faults.clear());
  afterAll(() => client.unbind());

  test("refuse so many operations of a kind, which are not done", async () => {
    const dn = `CN=refused,OU=Faults,${base}`;
    simulated.faults.add({ kind: "add", times: 2, effect: "refuse", code: 51, diagnostic: "busy" });
    const add = () => codeOf(client.add(dn, { objectClass: "group" }));
    expect(await add()).toBe(51);
    expect(simulated.read(dn)).toBeUndefined();
    expect(await codeOf(client.modify(`OU=Faults,${base}`, change("replace", "description", "x")))).toBe(0);
    expect([await add(), await add()]).toEqual([51, 0]);
    expect(simulated.read(dn)?.objectClass).toEqual(["top", "group"]);
  });

  test.each([
    ["breakBefore", false],
    ["breakAfter", true],
  ] as const)("%s: the answer is lost, the operation done: %s", async (effect, isDone) => {
    const dn = `CN=${effect},OU=Faults,${base}`;
    const other = await signedInClient(directory);
    simulated.faults.add({ kind: "add", times: 1, effect });
    await expect(other.add(dn, { objectClass: "group" })).rejects.toThrow();
    expect(simulated.names().includes(dn)).toBe(isDone);
  });

  test("no answers, until they are wanted again", async () => {
    simulated.faults.stopAnswering();
    let isAnswered = false;
    const search = client.search(base, { scope: "base" }).then(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAnswered).toBe(false);
    simulated.faults.resume();
    await search;
  });

  test("slow answers", async () => {
    simulated.faults.beSlow(120);
    const start = performance.now();
    await client.search(base, { scope: "base" });
    expect(performance.now() - start).toBeGreaterThan(100);
  });

  test("broken connections", async () => {
    const other = await signedInClient(directory);
    simulated.faults.stopAnswering();
    const attempt = other.search(base, { scope: "base" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    simulated.dropConnections();
    await expect(attempt).rejects.toThrow();
    simulated.faults.resume();
    client = await signedInClient(directory);
  });
});

test("another domain's DN is referred to", async () => {
  const client = await signedInClient(directory);
  expect(await codeOf(client.search("DC=fabrikam,DC=test"))).toBe(10);
  await client.unbind();
});

test("an account that no longer exists has no rights on its open connection", async () => {
  const client = await signedInClient(directory);
  await client.add(`CN=Leaver,OU=Domain Controllers,${base}`, {
    objectClass: "user",
    sAMAccountName: "leaver",
  });
  await client.del(`CN=Leaver,OU=Domain Controllers,${base}`);
  const password = Buffer.from('"Leaver-2026"', "utf16le");
  const attributes = Object.entries({
    objectClass: "user",
    sAMAccountName: "leaver",
    userAccountControl: "66048",
  });
  await client.add(`CN=Leaver,OU=Domain Controllers,${base}`, [
    ...attributes.map(([type, value]) => new Attribute({ type, values: [value] })),
    new Attribute({ type: "unicodePwd", values: [password] }),
  ]);
  const leaver = await signedInClient(directory, "CONTOSO\\leaver", "Leaver-2026");
  expect((await leaver.search(base, { scope: "base" })).searchEntries).toHaveLength(1);
  await client.del(`CN=Leaver,OU=Domain Controllers,${base}`);
  expect(await codeOf(leaver.search(base, { scope: "base" }))).toBe(1);
  await leaver.unbind();
  await client.unbind();
});

describe("as a process", () => {
  let folder: string;
  let child: ChildProcess;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("says when it is ready, obeys its control server, ends at SIGTERM with clients connected", async () => {
    folder = mkdtempSync(join(tmpdir(), "directory-process-"));
    const { keyFile, caFile } = certificateIn(folder);
    const settings = { port: 0, keyFile, certFile: caFile, controlPort: 0 };
    const file = fileWith(folder, "config.json", JSON.stringify(settings));
    const main = new URL("main.ts", import.meta.url).pathname;
    child = spawn(process.execPath, [main, "--config", file], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line");
    const ready = JSON.parse(line as string) as { url: string; controlUrl: string; baseDn: string };
    expect(ready).toMatchObject({
      ready: true,
      baseDn: base,
      url: expect.stringMatching(/^ldaps:\/\/localhost:\d+$/),
    });
    const access = {
      url: ready.url,
      caFile,
      administrator: "Administrator@contoso.test",
      password: administratorPassword,
    };
    const client = await signedInClient(access);
    const ask = async (body: object) => {
      const response = await fetch(ready.controlUrl, { method: "POST", body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    };
    expect((await ask({ do: "read", dn: base })).body).toMatchObject({ dc: ["contoso"] });
    expect((await ask({ do: "nonsense" })).status).toBe(400);
    const fault = { kind: "search", effect: "refuse", code: 52 };
    expect((await ask({ do: "disturb", fault })).status).toBe(200);
    expect(await codeOf(client.search(base, { scope: "base" }))).toBe(52);
    const evil = await fetch(ready.controlUrl, {
      method: "POST",
      body: "{}",
      headers: { origin: "http://evil.test" },
    });
    expect(evil.status).toBe(403);
    const start = performance.now();
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("names what is wrong in its configuration", async () => {
    const file = fileWith(folder, "bad.json", JSON.stringify({ port: "x", keyFile: "k", certFile: "c" }));
    const main = new URL("main.ts", import.meta.url).pathname;
    const bad = spawn(process.execPath, [main, "--config", file], { stdio: ["ignore", "ignore", "pipe"] });
    let words = "";
    bad.stderr?.on("data", (chunk) => {
      words += chunk;
    });
    const [code] = await once(bad, "close");
    expect(code).toBe(2);
    expect(words).toMatch(/port/);
  });
});
