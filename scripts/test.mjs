/**
 * All tests, one command: `node scripts/test.mjs all|quick|check|gpu|e2e|unit|browser`. Each suite runs to its end whatever
 * became of the others; the last line is `N passed, N failed` for the whole, and the exit code follows it.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { node24, ROOT, SetupError, setup } from "./setup.mjs";

const OUT = join(ROOT, "node_modules/.cache/eyepiece/tests");
const bin = (path) => join(ROOT, "node_modules", path);

/** Counts of vitest's JSON report. */
function vitestCounts(file) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  // A file that does not load fails without a test in it.
  const broken = report.testResults.filter(
    (one) => one.status === "failed" && one.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** Counts of Playwright's JSON report, and the names of journeys that came through only when tried again. */
function playwrightCounts(file) {
  const { stats, suites } = JSON.parse(readFileSync(file, "utf8"));
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const shaky = suites
    .flatMap(specs)
    .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
    .map(({ file: from, title }) => `${from}: ${title}`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, shaky };
}

/** Counts of @web/test-runner's closing line. */
function runnerCounts(output) {
  const plain = stripVTControlCharacters(output);
  const last = [...plain.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : undefined;
}

const one = (name, args) => ({
  name,
  args,
  count: (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }),
});

function vitest(name, config) {
  const file = join(OUT, `${name}.json`);
  const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    args: [bin("vitest/vitest.mjs"), "run", "--config", config, ...reports],
    count: () => (existsSync(file) ? vitestCounts(file) : undefined),
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
      count: (_code, output) => runnerCounts(output),
    },
  ],
  e2e: () => [
    {
      name: "e2e",
      args: [bin("@playwright/test/cli.js"), "test", "--config", "e2e/playwright.config.ts"],
      count: () => (existsSync(join(OUT, "e2e.json")) ? playwrightCounts(join(OUT, "e2e.json")) : undefined),
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
    const { passed, failed, shaky = [] } = await run(suite);
    unsteady.push(...shaky);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) bad.push(suite.name);
  }
  if (unsteady.length > 0)
    process.stdout.write(
      `\nFailed once and passed when tried again, each a defect to find:\n${unsteady.map((name) => `  ${name}\n`).join("")}`,
    );
  if (bad.length > 0) process.stdout.write(`\nLook at: ${bad.join(", ")}\n`);
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
