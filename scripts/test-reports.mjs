/**
 * What the runners' reports say of a suite, in one shape for all: `{passed, failed, failures, shaky}`. `failures` has a line or
 * two for each test that failed, told again when all is over, since what a runner prints is far above by then.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "./setup.mjs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

/** A failure in few words: where, which, and the first line of why. */
function told(where, title, message = "") {
  const why = stripVTControlCharacters(message)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "");
  return `${where}: ${title}${why ? `\n    ${why.slice(0, 300)}` : ""}`;
}

/** Vitest's JSON report. `files` are those with a failure in them, as paths from the root. */
export function vitestReport(file) {
  const report = read(file);
  const bad = report.testResults.filter((one) => one.status === "failed");
  // A file that does not load fails without a test in it; so does one whose set-up fails.
  const broken = bad.filter((one) => !one.assertionResults.some((test) => test.status === "failed"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    files: bad.map((one) => relative(ROOT, one.name)),
    failures: bad.flatMap((one) => {
      const where = relative(ROOT, one.name);
      const tests = one.assertionResults.filter((test) => test.status === "failed");
      if (tests.length === 0) return [told(where, "the file itself", one.message)];
      return tests.map((test) => told(where, test.fullName, test.failureMessages[0]));
    }),
    passedIn: (names) =>
      report.testResults
        .filter((one) => names.includes(relative(ROOT, one.name)))
        .flatMap((one) => one.assertionResults)
        .filter((test) => test.status === "passed").length,
  };
}

/** Playwright's JSON report; `shaky` are journeys that came through only when tried again. */
export function playwrightReport(file) {
  const { stats, suites } = read(file);
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const having = (status) =>
    suites.flatMap(specs).flatMap((spec) => {
      const test = spec.tests.find((one) => one.status === status);
      const failure = test?.results.find((result) => result.error)?.error?.message;
      return test ? [told(spec.file, spec.title, failure)] : [];
    });
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: having("unexpected"),
    shaky: having("flaky"),
  };
}

/** @web/test-runner's closing line, from its output. */
export function runnerReport(output) {
  const plain = stripVTControlCharacters(output);
  const last = [...plain.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : undefined;
}
