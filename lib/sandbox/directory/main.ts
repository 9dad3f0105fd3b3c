import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { administratorPassword } from "#lib/sandbox/contoso/people.ts";
import { startControl } from "./control.ts";
import { startDirectory } from "./directory.ts";

const port = z.number().int().min(0).max(65535);

const configuration = z.strictObject({
  port,
  plainPort: port.optional(),
  controlPort: port.optional(),
  keyFile: z.string(),
  certFile: z.string(),
  host: z
    .string()
    .regex(/^127(\.\d{1,3}){3}$/, "must be a loopback address")
    .optional(),
  administratorPassword: z.string().min(1).default(administratorPassword),
});

const { config: file } = parseArgs({ options: { config: { type: "string" } } }).values;
if (file === undefined) {
  console.error("usage: node lib/sandbox/directory/main.ts --config FILE.json");
  process.exit(2);
}
const parsed = configuration.safeParse(JSON.parse(readFileSync(file, "utf8")));
if (!parsed.success) {
  console.error(`${file} is no configuration of the simulated directory:\n${z.prettifyError(parsed.error)}`);
  process.exit(2);
}
const { keyFile, certFile, controlPort, ...rest } = parsed.data;
const key = readFileSync(keyFile, "utf8");
const directory = await startDirectory({ ...rest, key, certificate: readFileSync(certFile, "utf8") });
const control = controlPort === undefined ? undefined : await startControl(directory, controlPort);

async function end(): Promise<void> {
  await Promise.all([directory.close(), control?.close()]);
  process.exit(0);
}
process.once("SIGTERM", end);
process.once("SIGINT", end);

const { url, plainUrl, baseDn } = directory;
console.log(JSON.stringify({ ready: true, url, plainUrl, baseDn, controlUrl: control?.url }));
