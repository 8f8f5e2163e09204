import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ExecutionRecord, ExecutionStore } from "./executions.ts";

let folder = "";
let store: ExecutionStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-executions-"));
  store = new ExecutionStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const DAY = 24 * 3600_000;
const record = (execution: string, change: Partial<ExecutionRecord> = {}): ExecutionRecord => ({
  ...{ execution, cell: "c", code: "1", seq: 1, state: "done", queued_ms: 1, items: 2, ended_ms: 1000 },
  ...change,
});

it("keeps executions in their order, and reads what is whole", () => {
  store.save(record("b", { seq: 2 }));
  store.save(record("a", { seq: 3, state: "queued" }));
  store.save(record("c", { seq: 1 }));
  writeFileSync(store.file("broken", "json"), '{"execution":"bro');
  writeFileSync(store.file("other", "json"), '{"execution":"../other"}');
  expect(new ExecutionStore(folder).load().map((one) => one.execution)).toEqual(["c", "b", "a"]);
});

it("drops a log a day after its end, and only when the relay has all of it", () => {
  const records = [
    record("copied"),
    record("grew-since", { items: 3 }),
    record("not-copied"),
    record("young", { ended_ms: DAY }),
    record("queued", { state: "queued" }),
  ];
  for (const one of records) {
    store.save(one);
    writeFileSync(store.file(one.execution, "jsonl"), "");
    if (one.execution !== "not-copied") store.setCopied(one.execution, 2);
  }
  expect(store.prune(store.load(), 1000 + DAY)).toEqual(["copied"]);
  expect(readdirSync(join(folder, "runs")).filter((name) => name.startsWith("copied"))).toEqual([]);
  for (const one of records.slice(1)) expect(existsSync(store.file(one.execution, "jsonl"))).toBe(true);
});
