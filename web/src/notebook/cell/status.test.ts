import { describe, expect, it } from "vitest";
import { cellStatus, duration, stateWords } from "./status.ts";

describe("a cell's status", () => {
  it("is the node's word, and the relay's where the node is away", () => {
    const row = { id: "e", cell: "c", state: "done", execution_count: 3, started_ms: 5, ended_ms: 9 };
    expect(cellStatus(undefined, row, false)).toMatchObject({
      state: "done",
      count: 3,
      started: 5,
      ended: 9,
    });
    const live = { type: "execution", execution: "e", cell: "c", state: "running", items: 0 } as const;
    expect(cellStatus(live, row, true).state).toBe("running");
    expect(cellStatus(undefined, row, true).state).toBe("stale");
    expect(cellStatus(undefined, undefined, true).state).toBe("none");
    expect(stateWords(cellStatus({ ...live, state: "queued", position: 2 }, undefined, false))).toBe(
      "queued, 2 before it",
    );
  });

  it("tells times as people read them", () => {
    expect([12.4, 3400, 125_000, 3_725_000].map(duration)).toEqual([
      "12 ms",
      "3.4 s",
      "2 m 05 s",
      "1 h 02 m",
    ]);
  });
});
