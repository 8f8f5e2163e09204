/** The table of moves, and the store that keeps to it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOver, JOB_STATES, type JobState, MOVES, mayMove } from "./states.ts";
import { JobStore } from "./store.ts";

describe("the states of a job", () => {
  it("are all reached from the first, and each leads to an end and can be cancelled until then", () => {
    const from = (start: JobState) => {
      const seen = new Set<JobState>([start]);
      for (const state of seen) for (const next of MOVES[state]) seen.add(next);
      return seen;
    };
    expect(from("created")).toEqual(new Set(JOB_STATES));
    for (const state of JOB_STATES) {
      expect([...from(state)].some(isOver)).toBe(true);
      if (!isOver(state) && state !== "pending_cancel")
        expect(MOVES[state].includes("cancelled") || MOVES[state].includes("pending_cancel")).toBe(true);
    }
    expect(JOB_STATES.filter(isOver)).toEqual(["succeeded", "failed", "cancelled"]);
  });

  it("change in the store only along the table, with an entry each, and are there after a restart", () => {
    const folder = mkdtempSync(join(tmpdir(), "eyepiece-jobs-"));
    try {
      const file = join(folder, "jobs.sqlite");
      let store = new JobStore(file);
      const request = { person: "ada", kind: "x", params: { a: 1 }, gpus: 1, priority: 0, retries: 1 };
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...JOB_STATES, "restart" as const), { maxLength: 25 }),
          (wishes) => {
            const { id } = store.create(request);
            const told: JobState[] = ["created"];
            for (const wish of wishes) {
              if (wish === "restart") {
                store.close();
                store = new JobStore(file);
                continue;
              }
              const now = told.at(-1) ?? "created";
              if (mayMove(now, wish)) {
                expect(store.move(id, wish, `to ${wish}`).state).toBe(wish);
                told.push(wish);
              } else expect(() => store.move(id, wish, "no")).toThrow(`is ${now} and cannot become ${wish}`);
            }
            const entries = store.entries(id);
            expect(entries.map(({ n }) => n)).toEqual(told.map((_, index) => index + 1));
            expect(entries.map((entry) => (entry.kind === "state" ? entry.to : ""))).toEqual(told);
            const job = store.get(id);
            expect(job.state).toBe(told.at(-1));
            expect(job.endedMs === undefined).toBe(!isOver(job.state));
          },
        ),
      );
      store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
