import { describe, expect, it } from "vitest";
import type { StageEntry } from "./api.ts";
import { EntryReader } from "./entries.ts";

/** A stage whose job tells more and more, in small answers. */
class Told {
  job = "job-1";
  entries: StageEntry[] = [];
  asked = 0;
  readonly ask = async (_run: string, _stage: string, after: number) => {
    this.asked += 1;
    const rest = this.entries.filter(({ n }) => n > after);
    return { job: this.job, data: rest.slice(0, 2), has_more: rest.length > 2 };
  };
  metrics(step: number, values: Record<string, number | string>): void {
    this.entries.push({ n: this.entries.length + 1, at: 1, kind: "metrics", step, values });
  }
  event(message: string, data?: Record<string, unknown>): void {
    this.entries.push({
      n: this.entries.length + 1,
      at: 1,
      kind: "event",
      level: "info",
      message,
      ...(data && { data }),
    });
  }
}

describe("what a stage told", () => {
  it("is read over several answers, and then only what is new", async () => {
    const told = new Told();
    const reader = new EntryReader("r", "base", told.ask);
    told.event("Begins.", { total_steps: 9 });
    for (const step of [1, 2, 3]) told.metrics(step, { loss: 9 - step });
    told.event("Samples.", { step: 3, samples: [{ prompt: "a", text: "b" }] });
    await reader.read();
    expect(reader.metrics).toEqual({ loss: { steps: [1, 2, 3], values: [8, 7, 6] } });
    expect([reader.total, reader.step]).toEqual([9, 3]);
    expect(reader.samples).toEqual([{ step: 3, samples: [{ prompt: "a", text: "b" }] }]);
    expect(reader.said.map(({ message }) => message)).toEqual(["Begins."]);
    const before = told.asked;
    told.metrics(4, { loss: "nan" });
    await reader.read();
    expect(told.asked).toBe(before + 1);
    expect(reader.metrics.loss?.values).toEqual([8, 7, 6, null]);
  });

  it("is as it was the last time where a step was done twice", async () => {
    const told = new Told();
    const reader = new EntryReader("r", "base", told.ask);
    told.metrics(2, { loss: 5 });
    told.metrics(1, { loss: 6 });
    told.metrics(2, { loss: 4 });
    await reader.read();
    expect(reader.metrics.loss).toEqual({ steps: [1, 2], values: [6, 4] });
  });

  it("is forgotten when the stage is begun anew", async () => {
    const told = new Told();
    const reader = new EntryReader("r", "base", told.ask);
    told.metrics(1, { loss: 5 });
    told.metrics(2, { loss: 4 });
    await reader.read();
    told.job = "job-2";
    told.entries = [];
    told.metrics(7, { loss: 1 });
    await reader.read();
    expect(reader.metrics).toEqual({ loss: { steps: [7], values: [1] } });
  });

  it("is not taken twice where it is asked for twice at a time", async () => {
    const told = new Told();
    const reader = new EntryReader("r", "base", told.ask);
    for (const message of ["a", "b", "c"]) told.event(message);
    await Promise.all([reader.read(), reader.read()]);
    expect(reader.said.map(({ message }) => message)).toEqual(["c", "b", "a"]);
  });

  it("stays within bounds", async () => {
    const told = new Told();
    const reader = new EntryReader("r", "base", told.ask);
    for (let step = 0; step < 90; step++)
      told.event("Samples.", { step, samples: [{ prompt: "", text: "x" }] });
    await reader.read();
    expect(reader.samples).toHaveLength(50);
    // The first and the newest are what one compares.
    expect([reader.samples[0]?.step, reader.samples.at(-1)?.step]).toEqual([89, 0]);
  });
});
