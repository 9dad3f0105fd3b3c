import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "package-lock.json",
  "next.config.js",
  "proxy.ts",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** A digest of everything that the production build is made from, in the working tree as it is. */
function digestOf(root: string): string {
  const list = execFileSync(
    "find",
    [...sources.filter((name) => existsSync(join(root, name))), "-type", "f"],
    { cwd: root, encoding: "utf8" },
  );
  const digest = createHash("sha256");
  for (const name of list.trim().split("\n").sort())
    digest.update(name).update(readFileSync(join(root, name)));
  return digest.digest("hex");
}

/** Builds the web app unless the last build was made from the same sources. */
export function buildWebApp(root: string, say: (text: string) => void): void {
  const mark = join(root, ".next/sources.sha256");
  const digest = digestOf(root);
  const built = existsSync(join(root, ".next/BUILD_ID"));
  if (built && existsSync(mark) && readFileSync(mark, "utf8") === digest) return;
  say("Building the web app (about half a minute, only when its sources changed) …");
  const { status, stderr, stdout } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the web app's build failed:\n${stdout}\n${stderr}`);
  mkdirSync(join(root, ".next"), { recursive: true });
  writeFileSync(mark, digest);
}
