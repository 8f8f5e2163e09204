import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Register } from "../executions/register.ts";
import { quantile, Statistics } from "./statistics.ts";

const folder = mkdtempSync(join(tmpdir(), "eyepiece-statistics-"));
const file = join(folder, "executions.db");
const NOW = 1_000_000;
let register: Register;
let statistics: Statistics;

beforeAll(() => {
  register = new Register(file);
  let number = 0;
  const add = (user: string, flow: string, ago: number, took: number | null, error: string | null = null) => {
    const fid = String(++number).padStart(24, "0");
    const about = { ...{ summary: flow, description: null, tags: [], deprecated: null, author: null } };
    register.add({
      ...{
        fid,
        user,
        username: user,
        flow,
        service: "s",
        state: "starting",
        inputs: "{}",
        finish: null,
        error: null,
        machine: "",
      },
      ...{ startup: NOW - ago, about: { ...about, organization: null, version: null, entry_point: "m:f" } },
    });
    if (took !== null) register.move(fid, error === null ? "finished" : "error", NOW - ago + took, error);
  };
  for (let i = 1; i <= 20; i++) add("ada", "/-/a/", 100 + i, i);
  add("ada", "/-/a/", 50, 2, "RuntimeError: x");
  add("ada", "/-/a/", 49, 2, "cancelled");
  add("ada", "/-/a/", 48, null);
  add("ada", "/-/b/", 90_000, 5);
  add("bob", "/-/b/", 10, 5);
  statistics = new Statistics(file);
});
afterAll(() => {
  statistics.close();
  register.close();
  rmSync(folder, { recursive: true });
});

describe("statistics", () => {
  it("count a person's runs by flow, within the window", () => {
    const [a, ...others] = statistics.flows("ada", NOW - 3600, NOW);
    expect(others).toEqual([]);
    expect(a).toMatchObject({
      ...{ url: "/-/a/", count: 23, finished: 20, failed: 1, cancelled: 1, running: 1 },
      ...{ success: 20 / 21, median: 10, p95: 19 },
    });
    expect(a?.recent.reduce((sum, n) => sum + n, 0)).toBe(23);
  });

  it("count everybody's only when they are asked to", () => {
    expect(statistics.flows(undefined, NOW - 3600, NOW).map(({ url, count }) => [url, count])).toEqual([
      ["/-/a/", 23],
      ["/-/b/", 1],
    ]);
    expect(statistics.flows("eve", 0, NOW)).toEqual([]);
  });

  it("tell how many began and ended in each part of the window", () => {
    const { started, finished, failed, step } = statistics.throughput("ada", NOW - 600, NOW);
    expect(step).toBe(10);
    const sum = (bins: readonly number[]) => bins.reduce((all, n) => all + n, 0);
    expect([sum(started), sum(finished), sum(failed)]).toEqual([23, 20, 1]);
    expect(started[55]).toBe(3);
  });

  it("have the quantile that is a value", () => {
    expect([quantile([], 0.5), quantile([3], 0.95), quantile([1, 2, 3, 4], 0.5)]).toEqual([null, 3, 2]);
  });
});
