/** Many jobs of several people on four GPUs that are there for scheduling only. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JobManager } from "./manager.ts";
import { reach, TestJobs } from "./testing/jobs.ts";

let jobs: TestJobs;
beforeEach(() => {
  jobs = new TestJobs(4);
});
afterEach(() => jobs.end());

/** Starts and ends in the order in which they were, with the devices. */
async function history(manager: JobManager, all: readonly string[]) {
  const seen: { at: number; n: number; id: string; person: string; start: boolean }[] = [];
  for (const id of all) {
    const { person } = await reach(manager, id, "succeeded");
    for (const entry of manager.entries(id)) {
      if (entry.kind !== "state") continue;
      if (entry.to === "running") seen.push({ at: entry.atMs, n: entry.n, id, person, start: true });
    }
  }
  return seen.sort((a, b) => a.at - b.at);
}

it("100 jobs of 4 people all end, and who handed in most does not hold the others up", async () => {
  const manager = await jobs.open({ sandbox: false });
  // Ada comes first, with most; the others come when all GPUs are hers.
  const mine = (person: string, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const gpus = index % 10 === 9 ? 4 : 1 + (index % 2);
      return manager.submit({ person, kind: "shell", params: "sleep 0.02; echo $EYEPIECE_DEVICES", gpus }).id;
    });
  const all = [...mine("ada", 70), ...mine("bob", 10), ...mine("eve", 10), ...mine("kim", 10)];
  const starts = await history(manager, all);
  expect(starts).toHaveLength(100);
  // All thirty of the others began before half of the jobs had: a first come, first served queue would begin with 70 of Ada's.
  for (const person of ["bob", "eve", "kim"]) {
    const last = starts.findLastIndex((one) => one.person === person);
    expect(last).toBeLessThan(55);
  }
  for (const id of all) {
    const printed = manager.output(id).bytes.toString().trim().split(",");
    expect(new Set(printed).size).toBe(manager.get(id).gpus);
  }
  await expect.poll(() => jobs.ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
}, 60_000);

it("a job that wants all GPUs has its turn although small ones keep coming", async () => {
  const manager = await jobs.open({ sandbox: false, limits: { runningPerPerson: 8 } });
  const small = () => manager.submit({ person: "ada", kind: "shell", params: "sleep 0.05", gpus: 1 }).id;
  for (let count = 0; count < 6; count++) small();
  const { id } = manager.submit({ person: "bob", kind: "shell", params: "true", gpus: 4 });
  const later = Array.from({ length: 20 }, small);
  await reach(manager, id, "succeeded");
  expect(later.filter((one) => manager.get(one).state === "queued").length).toBeGreaterThan(10);
});

it("leaves a GPU alone that a viewer holds, and takes it when that ends", async () => {
  const [device = ""] = jobs.devices;
  const view = await jobs.ledger.reserve({ device, use: "viewer", holder: "a viewer", bytes: 1 });
  const manager = await jobs.open({ sandbox: false });
  const { id } = manager.submit({ person: "ada", kind: "shell", params: "true", gpus: 4 });
  const small = manager.submit({ person: "bob", kind: "shell", params: "true" });
  await reach(manager, small.id, "succeeded");
  expect(manager.get(id).state).toBe("queued");
  const held = jobs.ledger.report().map(({ reservations }) => reservations.map(({ use }) => use));
  expect(held).toEqual([["viewer"], ["training"], ["training"], ["training"]]);
  jobs.ledger.release(view.id);
  await reach(manager, id, "succeeded");
});
