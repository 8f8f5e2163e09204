/** Jobs that share a GPU by bytes, beside viewers and jobs that want it whole. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { reach, TestJobs } from "./testing/jobs.ts";

const GIB = 1024 ** 3;
let jobs: TestJobs;
beforeEach(() => {
  jobs = new TestJobs(1);
});
afterEach(() => jobs.end());

it("two fit beside a viewer, a third waits for room, and one that wants it whole waits for all", async () => {
  const [device = ""] = jobs.devices;
  const view = await jobs.ledger.reserve({ device, use: "viewer", holder: "v", bytes: 2 * GIB });
  const manager = await jobs.open({ sandbox: false });
  const share = (person: string, gib: number) =>
    manager.submit({ person, kind: "shell", params: "sleep 1000", gpus: 1, gpuBytes: gib * GIB }).id;
  const held = () =>
    jobs.ledger.report().flatMap(({ reservations }) => reservations.map(({ bytes }) => bytes / GIB));
  const [first, second] = [share("ada", 3), share("bob", 2)];
  for (const id of [first, second]) await reach(manager, id, "running");
  expect(held()).toEqual([2, 3, 2]);
  const third = share("eve", 4);
  await expect
    .poll(() => manager.line())
    .toMatchObject([{ id: third, why: "It has its turn and waits until a GPU has 4.0 GiB to share." }]);
  const whole = manager.submit({ person: "kim", kind: "shell", params: "true", gpus: 1 }).id;
  manager.cancel(first);
  await reach(manager, third, "running");
  expect(held()).toEqual([2, 2, 4]);
  // What comes for the rest does not overtake who wants all of it.
  const late = share("ada", 0.5);
  for (const id of [second, third]) manager.cancel(id);
  jobs.ledger.release(view.id);
  await reach(manager, whole, "succeeded");
  await reach(manager, late, "running");
  manager.cancel(late);
  await reach(manager, late, "cancelled");
  await expect.poll(held).toEqual([]);
});

it("more than any GPU has fails in words, and sharing several is refused", async () => {
  const manager = await jobs.open({ sandbox: false });
  const request = { person: "ada", kind: "shell", params: "true", gpuBytes: 9 * GIB };
  const { reason } = await reach(manager, manager.submit({ ...request, gpus: 1 }).id, "failed");
  expect(reason).toBe("It asks for 9.0 GiB of a GPU, and the largest for jobs here has 8.0 GiB.");
  expect(() => manager.submit({ ...request, gpus: 2 })).toThrow("shares a GPU has one");
});
