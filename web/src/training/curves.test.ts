import { expect, it } from "vitest";
import type { JobEvent, List } from "./api.ts";
import { CurveReader } from "./curves.ts";

/** A job that tells, answered in pages of two. */
class Teller {
  readonly events: JobEvent[] = [];
  asked = 0;

  step(step: number, values: Record<string, number | string>): void {
    this.#tell({ type: "metrics", data: { step, ...values } });
  }
  say(message: string): void {
    this.#tell({ type: "message", data: null, message });
  }
  #tell(event: Partial<JobEvent>): void {
    const id = `e${this.events.length}`;
    this.events.unshift({
      id,
      created_at: 0,
      level: "info",
      message: "",
      type: "message",
      data: null,
      ...event,
    });
  }

  readonly ask = async (_id: string, _limit: number, after = ""): Promise<List<JobEvent>> => {
    this.asked += 1;
    const from = after === "" ? 0 : this.events.findIndex(({ id }) => id === after) + 1;
    return { data: this.events.slice(from, from + 2), has_more: from + 2 < this.events.length };
  };
}

it("reads all at first, and then only what is new", async () => {
  const job = new Teller();
  for (let step = 1; step <= 5; step++) job.step(step, { loss: 10 - step, lr: 0.1 });
  const reader = new CurveReader("j", job.ask);
  expect(await reader.read()).toEqual({
    loss: { steps: [1, 2, 3, 4, 5], values: [9, 8, 7, 6, 5] },
    lr: { steps: [1, 2, 3, 4, 5], values: [0.1, 0.1, 0.1, 0.1, 0.1] },
  });
  expect(job.asked).toBe(3);
  job.say("A checkpoint.");
  job.step(6, { loss: 4 });
  expect((await reader.read()).loss?.values).toEqual([9, 8, 7, 6, 5, 4]);
  expect(job.asked).toBe(5);
  await reader.read();
  expect(job.asked).toBe(6);
});

it("takes the later word on a step that was done again, and knows what is no number", async () => {
  const job = new Teller();
  job.step(1, { loss: 3 });
  job.step(2, { loss: 2 });
  job.say("Resumed from step 1.");
  job.step(2, { loss: "nan" });
  expect((await new CurveReader("j", job.ask).read()).loss).toEqual({ steps: [1, 2], values: [3, null] });
});
