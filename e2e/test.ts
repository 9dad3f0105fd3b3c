import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";

/** Everything that `npm test` runs, in order; each one's failure makes the whole fail. */
type Result = {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
};

const results: Result[] = [];
const folder = "e2e/results";

function run(
  name: string,
  command: string,
  parameters: readonly string[],
  count: (ok: boolean) => { passed: number; failed: number },
): void {
  process.stdout.write(`\n== ${name}\n`);
  const start = performance.now();
  const { status } = spawnSync(command, parameters, { stdio: "inherit" });
  const counted = count(status === 0);
  // A runner that fails without a failed test (a crash, no tests at all) is one failure more.
  const failed = status !== 0 && counted.failed === 0 ? 1 : counted.failed;
  results.push({
    name,
    passed: counted.passed,
    failed,
    seconds: Math.round((performance.now() - start) / 1000),
  });
}

function check(name: string, command: string, ...parameters: string[]): void {
  run(name, command, parameters, (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 }));
}

function report(file: string): unknown {
  try {
    return JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
  } catch (cause) {
    process.stderr.write(`The runner left no report in ${folder}/${file}: ${String(cause)}\n`);
    return {};
  }
}

mkdirSync(folder, { recursive: true });
check("types", "tsc", "--noEmit");
check("format, lint, import directions", "biome", "ci", ".");
check("nothing unused", "knip");
run(
  "unit and contract tests",
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${folder}/vitest.json`],
  () => {
    const { numPassedTests = 0, numFailedTests = 0 } = report("vitest.json") as {
      numPassedTests?: number;
      numFailedTests?: number;
    };
    return { passed: numPassedTests, failed: numFailedTests };
  },
);
check("production build", "npm", "run", "--silent", "build");
run("browser tests", "playwright", ["test"], () => {
  const { stats } = report("playwright.json") as {
    stats?: { expected: number; unexpected: number; flaky: number };
  };
  return { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 1) + (stats?.flaky ?? 0) };
});

process.stdout.write("\n");
for (const { name, passed, failed, seconds } of results) {
  process.stdout.write(
    `${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed, ${seconds} s\n`,
  );
}
const sum = (pick: (result: Result) => number) => results.reduce((total, result) => total + pick(result), 0);
const failed = sum((result) => result.failed);
process.stdout.write(`${sum((result) => result.passed)} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
