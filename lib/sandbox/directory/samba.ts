import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = fileURLToPath(new URL("samba-dc.sh", import.meta.url));

export type SambaOptions = {
  /** Holds all of the domain controller's state; it is made when it is not there. */
  readonly directory: string;
  /** Loopback address of this domain controller; its ports are fixed, so each needs its own (default 127.0.0.10). */
  readonly ip?: string;
  readonly administratorPassword: string;
};

export type RunningSamba = {
  readonly url: string;
  readonly caFile: string;
  readonly baseDn: string;
  /** The account name of the domain's Administrator. */
  readonly administrator: string;
  stop(): Promise<void>;
};

/**
 * Starts a Samba AD domain controller of a domain contoso.test (13 s the first time on a machine, about 2 s from the
 * cached snapshot). Needs root and the Debian packages named in samba-dc.sh. Throws with the script's own words.
 */
export async function startSamba(options: SambaOptions): Promise<RunningSamba> {
  const { directory, ip = "127.0.0.10", administratorPassword } = options;
  const env = { ...process.env, SAMBA_DC_IP: ip, SAMBA_ADMIN_PASS: administratorPassword };
  const call = async (command: "start" | "stop") => {
    try {
      await run(script, [command, directory], { env, timeout: 90_000 });
    } catch (cause) {
      const words = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
      throw new Error(`samba-dc.sh could not ${command} the domain controller on ${ip}: ${words}`, { cause });
    }
  };
  await call("start");
  return {
    url: `ldaps://${ip}:636`,
    caFile: `${directory}/tls/ca.pem`,
    baseDn: "DC=contoso,DC=test",
    administrator: "Administrator@contoso.test",
    stop: () => call("stop"),
  };
}
