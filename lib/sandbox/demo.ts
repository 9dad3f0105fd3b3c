import { parseArgs } from "node:util";
import { buildWebApp } from "#lib/sandbox/build.ts";
import { serviceAccount } from "#lib/sandbox/contoso/people.ts";
import { startWorld, type World } from "#lib/sandbox/world.ts";

const root = new URL("../../", import.meta.url).pathname;
const say = (text: string) => process.stdout.write(`${text}\n`);

function options() {
  const { values } = parseArgs({
    options: {
      directory: { type: "string", default: "simulated" },
      port: { type: "string", default: "3000" },
    },
  });
  const { directory } = values;
  const port = Number(values.port);
  if (directory !== "simulated" && directory !== "samba") {
    throw new TypeError(`--directory takes "simulated" or "samba", not "${directory}"`);
  }
  if (!Number.isInteger(port) || port < 1024 || port > 65000) {
    throw new TypeError(`--port takes a number from 1024 to 65000, not "${values.port}"`);
  }
  return { directory, port } as const;
}

function announce(world: World): void {
  const { server, port } = world.forest;
  say(`
Group Writeback is ready: ${world.url}

  Sign in as             Avery Admin (or try Hal Helpdesk, Nora NoRole)
  Directory server       ${server}, port ${port}
  Directory account      CONTOSO\\${serviceAccount.account}
  Directory password     ${serviceAccount.password}

Everything listens on this machine alone. Ctrl-C stops it and removes what it made.`);
}

async function main(): Promise<void> {
  const { directory, port } = options();
  let stopping = false;
  let world: World | undefined;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    say("\nStopping …");
    await world?.stop();
    say("Stopped; nothing is left behind.");
    process.exit(0);
  };
  // From the start: a Ctrl-C during the start waits for it and then cleans up.
  const asked = () => {
    if (world !== undefined) void end();
    else stopping = true;
  };
  process.on("SIGINT", asked);
  process.on("SIGTERM", asked);
  buildWebApp(root, say);
  world = await startWorld({ directory, port, say });
  if (stopping) {
    stopping = false;
    await end();
  }
  announce(world);
}

main().catch((thrown: unknown) => {
  process.stderr.write(
    `The demo cannot start: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`,
  );
  process.exit(1);
});
