/** Whose turn it is, over random crowds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextJob, PLACES_PER_PRIORITY, PRIORITIES, type Share, type WaitingJob } from "./queue.ts";

const people = ["ada", "bob", "eve"];
const crowd = fc
  .array(
    fc.record({
      person: fc.constantFrom(...people),
      priority: fc.integer({ min: PRIORITIES.lowest, max: PRIORITIES.highest }),
    }),
    { maxLength: 60 },
  )
  .map((jobs): WaitingJob[] => {
    const turns = new Map<string, number>();
    return jobs.map((job, index) => {
      const turn = (turns.get(job.person) ?? 0) + 1;
      turns.set(job.person, turn);
      return { ...job, turn, id: `j${index}` };
    });
  });

/** Serves all, one at a time, each ending before the next begins. */
function serve(jobs: readonly WaitingJob[]): WaitingJob[] {
  const shares = new Map<string, Share>();
  const served: WaitingJob[] = [];
  for (let waiting = jobs; ; ) {
    const next = nextJob(waiting, shares, 1);
    if (!next) return served;
    served.push(next);
    shares.set(next.person, { running: 0, weight: 0, servedAt: served.length });
    waiting = waiting.filter((job) => job !== next);
  }
}

describe("the queue", () => {
  it("serves everybody once, and people in turns", () => {
    fc.assert(
      fc.property(crowd, (jobs) => {
        const served = serve(jobs);
        expect(new Set(served).size).toBe(jobs.length);
        // While somebody waits, nobody else is served twice.
        for (const [at, job] of served.entries()) {
          const before = served.slice(0, at).findLastIndex((one) => one.person === job.person);
          const between = served.slice(before + 1, at).map((one) => one.person);
          expect(new Set(between).size).toBe(between.length);
        }
      }),
    );
  });

  it("lets a job be overtaken only by a bounded number of its owner's later ones", () => {
    const most = PLACES_PER_PRIORITY * (PRIORITIES.highest - PRIORITIES.lowest);
    fc.assert(
      fc.property(crowd, (jobs) => {
        const served = serve(jobs);
        for (const [at, job] of served.entries()) {
          const mine = served.slice(0, at).filter((one) => one.person === job.person);
          expect(mine.filter((one) => one.turn > job.turn).length).toBeLessThanOrEqual(most);
          for (const one of mine) expect(one.priority >= job.priority || one.turn < job.turn).toBe(true);
        }
      }),
    );
  });

  it("prefers who holds less, and passes over who is at the limit", () => {
    const jobs = people.map((person): WaitingJob => ({ id: person, person, priority: 0, turn: 1 }));
    const shares = new Map<string, Share>([
      ["ada", { running: 1, weight: 4, servedAt: 1 }],
      ["bob", { running: 2, weight: 2, servedAt: 3 }],
      ["eve", { running: 3, weight: 3, servedAt: 2 }],
    ]);
    expect(nextJob(jobs, shares, 9)?.person).toBe("bob");
    expect(nextJob(jobs, shares, 2)?.person).toBe("ada");
    expect(nextJob(jobs, shares, 1)).toBeUndefined();
  });
});
