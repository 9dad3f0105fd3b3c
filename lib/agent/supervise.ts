import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#lib/agent/port.ts";

const root = new URL("../../", import.meta.url).pathname;
const next = join(root, "node_modules/next/dist/bin/next");

/** The least time between two starts of a process that keeps ending, in milliseconds. */
const restartAfter = 1000;

/** A process that is kept alive; `stop` ends it until `start` is called. */
type KeptAlive = { pid(): number | undefined; stop(): Promise<void>; start(): void };

/** Starts a process and starts it again whenever it ends by itself; `say` tells a person about it. */
function keepAlive(
  name: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  logFile: string,
  say: (text: string) => void,
): KeptAlive {
  let stopped = false;
  let child = start();
  function start(): ChildProcess {
    const output = openSync(logFile, "a", 0o600);
    const started = spawn(process.execPath, parameters, {
      cwd: root,
      env: environment,
      stdio: ["ignore", output, output, "ipc"],
    });
    started.once("exit", (code, signal) => {
      // A Ctrl-C reaches the child before our own end is under way, so nothing is said before the wait is over.
      setTimeout(() => {
        // Somebody may have stopped it, and started another one, in the meantime.
        if (stopped || child !== started) return;
        say(`The ${name} ended (${signal ?? `code ${code}`}); it is started again. Its log: ${logFile}`);
        child = start();
      }, restartAfter);
    });
    return started;
  }
  return {
    pid: () => child.pid,
    start() {
      stopped = false;
      child = start();
    },
    async stop() {
      stopped = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(hard);
    },
  };
}

async function answering(url: string, seconds: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; ; ) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(2000) });
      return;
    } catch (cause) {
      if (Date.now() > until) throw new Error(`nothing answers at ${url} after ${seconds} s`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The pairing secret of web app and agent, made at the first start and kept in the state folder. */
function pairingSecretFile(stateDirectory: string): string {
  const file = join(stateDirectory, "pairing-secret");
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return file;
}

/** The port that the web app gets: the wanted one, or the next free one, and then a person is told. */
export async function webPort(wanted: number, say: (text: string) => void): Promise<number> {
  const port = await freePort(wanted);
  if (port !== wanted) say(`Port ${wanted} is taken by another program; the web app uses ${port} instead.`);
  return port;
}

/** Starts agent and web app as processes of their own, paired, on loopback alone, and keeps both running. */
export async function supervise(environment: NodeJS.ProcessEnv, port: number, say: (text: string) => void) {
  const stateDirectory = environment.GW_STATE_DIR ?? join(root, ".state");
  const agentPort = await freePort(Number(environment.GW_AGENT_PORT ?? 8710));
  const settings = {
    ...environment,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    GW_STATE_DIR: stateDirectory,
    GW_AGENT_PORT: String(agentPort),
    GW_AGENT_URL: `http://127.0.0.1:${agentPort}`,
    GW_AGENT_SECRET_FILE: environment.GW_AGENT_SECRET_FILE ?? pairingSecretFile(stateDirectory),
  };
  const agent = keepAlive(
    "agent",
    [join(root, "lib/agent/main.ts")],
    settings,
    join(stateDirectory, "agent.log"),
    say,
  );
  const web = keepAlive(
    "web app",
    [next, "start", "-H", "127.0.0.1", "-p", String(port)],
    settings,
    join(stateDirectory, "web.log"),
    say,
  );
  await Promise.all([
    answering(`http://127.0.0.1:${agentPort}/`, 30),
    answering(`http://127.0.0.1:${port}/`, 60),
  ]);
  return {
    url: `http://localhost:${port}`,
    agentPort,
    agent,
    async stop() {
      await Promise.all([web.stop(), agent.stop()]);
    },
  };
}
