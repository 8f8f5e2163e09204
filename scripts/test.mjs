/**
 * All tests, one command: `node scripts/test.mjs all|quick|check|gpu|e2e|unit|browser`. Each suite runs to its end whatever
 * became of the others; the last line is `N passed, N failed` for the whole, and the exit code follows it.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { node24, ROOT, SetupError, setup } from "./setup.mjs";
import { playwrightReport, runnerReport, vitestReport } from "./test-reports.mjs";

const OUT = join(ROOT, "node_modules/.cache/eyepiece/tests");
const bin = (path) => join(ROOT, "node_modules", path);

const one = (name, args) => ({
  name,
  args,
  count: (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }),
});

function vitest(name, config, files = []) {
  const file = join(OUT, `${name.replace(/\W+/g, "-")}.json`);
  const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    args: [bin("vitest/vitest.mjs"), "run", "--config", config, ...reports, ...files],
    count: () => (existsSync(file) ? vitestReport(file) : undefined),
    again: (bad) => vitest(`${name} again`, config, bad),
  };
}

const SUITES = {
  check: () => [
    one("types", [bin("typescript/bin/tsc"), "--noEmit", "-p", "."]),
    one("lint", [bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "--error-on-warnings", "."]),
    one("direction", [
      ...[bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.mjs"],
      ...["protocol", "engine", "gpu-node", "relay", "web", "bin", "bench", "e2e"],
    ]),
  ],
  unit: () => [vitest("unit", "vitest.config.ts")],
  gpu: () => [vitest("gpu", "gpu-node/vitest.gpu.config.ts")],
  browser: () => [
    {
      name: "browser",
      args: [bin("@web/test-runner/dist/bin.js"), "--config", "web-test-runner.config.mjs"],
      count: (_code, output) => runnerReport(output),
    },
  ],
  e2e: () => [
    {
      name: "e2e",
      args: [bin("@playwright/test/cli.js"), "test", "--config", "e2e/playwright.config.ts"],
      count: () => (existsSync(join(OUT, "e2e.json")) ? playwrightReport(join(OUT, "e2e.json")) : undefined),
    },
  ],
};

const PLANS = {
  all: ["check", "unit", "gpu", "browser", "e2e"],
  quick: ["check", "unit", "browser"],
};

/** Runs one suite, showing its output. */
function run(suite) {
  const node = node24();
  const PATH = `${dirname(node)}:${process.env.PATH ?? ""}`;
  const started = Date.now();
  process.stdout.write(`\n== ${suite.name}\n`);
  return new Promise((done) => {
    const child = spawn(node, suite.args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH, ...suite.env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output = (output + data).slice(-200_000);
        process.stdout.write(data);
      });
    }
    child.on("exit", (code) => {
      const counted = suite.count(code ?? 1, output) ?? { passed: 0, failed: 1 };
      // A runner that fails although each of its tests passed (a crash after the last one) has failed.
      if (code !== 0 && counted.failed === 0) counted.failed = 1;
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      process.stdout.write(`== ${suite.name}: ${counted.passed} good, ${counted.failed} bad, ${seconds} s\n`);
      done(counted);
    });
  });
}

/** More files than this failed for one cause, which trying again would only hide. */
const MOST_AGAIN = 3;

/**
 * Runs a suite; in CI, files of it that failed are run once more, alone, and are named when they pass then
 * (docs/decisions/0095-a-journey-may-try-twice-and-is-named.md).
 */
async function runTwice(suite) {
  const first = await run(suite);
  const { files = [] } = first;
  if (!process.env.CI || files.length === 0 || files.length > MOST_AGAIN) return first;
  const second = await run(suite.again(files));
  if (second.failed > 0) return { ...first, failures: [...first.failures, ...(second.failures ?? [])] };
  return { passed: first.passed - first.passedIn(files) + second.passed, failed: 0, shaky: first.failures };
}

const list = (lines) => lines.map((line) => `  ${line}\n`).join("");

async function main(plan) {
  const names = PLANS[plan] ?? (SUITES[plan] ? [plan] : undefined);
  if (!names)
    throw new SetupError(`There is no plan ${plan}: ${Object.keys({ ...PLANS, ...SUITES }).join(", ")}.`);
  await setup({ build: names.includes("e2e") });
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const bad = [];
  const unsteady = [];
  for (const suite of names.flatMap((name) => SUITES[name]())) {
    const { passed, failed, failures = [], shaky = [] } = await runTwice(suite);
    unsteady.push(...shaky);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) bad.push(`${suite.name}\n${list(failures)}`);
  }
  if (unsteady.length > 0)
    process.stdout.write(
      `\nFailed once and passed when tried again, each a defect to find:\n${list(unsteady)}`,
    );
  if (bad.length > 0) process.stdout.write(`\nLook at: ${bad.join("")}`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main(process.argv[2] ?? "all").then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  },
);
