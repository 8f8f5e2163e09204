/** The node is killed while its jobs run. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { markedProcesses } from "./marked.ts";
import { reach, statesOf, TestJobs, until } from "./testing/jobs.ts";

let jobs: TestJobs;
beforeEach(() => {
  jobs = new TestJobs();
});
afterEach(() => jobs.end());

const LONG = { person: "ada", kind: "counter", params: { steps: 150, pace: 0.01, checkpoint_each: true } };

describe("a node that is killed", () => {
  it.each(["in namespaces", "without"])(
    "takes its jobs' processes with it, and they go on: %s",
    async (how) => {
      process.env.EYEPIECE_TEST_SANDBOX = how === "without" ? "no" : "";
      const node = await jobs.node({ ...LONG, params: { ...LONG.params, child: true } });
      // A process that is about to become another program shows no environment for a moment.
      await expect.poll(() => markedProcesses(node.job).length).toBeGreaterThan(1);
      const before = markedProcesses(node.job);
      await node.kill();
      // Namespaces end with the node. Without them what hides in a session of its own stays until the next node comes.
      if (how !== "without") await expect.poll(() => markedProcesses(node.job)).toEqual([]);
      const manager = await jobs.open({ sandbox: how !== "without" });
      expect(markedProcesses(node.job).filter((pid) => before.includes(pid))).toEqual([]);
      const job = await reach(manager, node.job, "succeeded");
      expect(job.result).toEqual({ count: (149 * 150) / 2 });
      expect(job.losses).toBe(1);
      expect(statesOf(manager, node.job).slice(3)).toEqual(["running", "queued", "running", "succeeded"]);
      const retry = manager
        .entries(node.job)
        .find((entry) => entry.kind === "state" && entry.from === "running");
      expect(retry).toMatchObject({
        reason: expect.stringMatching(
          /^The node stopped while it ran; it starts again from its checkpoint at step \d+\.$/,
        ),
      });
      // What the first process printed may have been on its way when the node was killed.
      expect(manager.output(node.job).bytes.toString()).toMatch(/counting from [1-9]\d*\n$/);
      expect(markedProcesses(node.job)).toEqual([]);
    },
  );

  it("twice: the job fails and says why", async () => {
    const first = await jobs.node({ ...LONG, params: { ...LONG.params, steps: 9999 } });
    await first.kill();
    const second = await jobs.node();
    expect(second.job).toBe(first.job);
    await second.kill();
    const manager = await jobs.open();
    const { state, reason } = manager.get(first.job);
    expect([state, reason]).toEqual([
      "failed",
      "The node stopped while it ran, 2 times. Start it again if you still need it.",
    ]);
    expect(markedProcesses(first.job)).toEqual([]);
  });
});

describe("a node that is stopped", () => {
  it("ends what runs, and it goes on later without counting as lost", async () => {
    const before = await jobs.open();
    const { id } = before.submit({ ...LONG, retries: 0 });
    await until(before, id, ({ kind }) => kind === "checkpoint");
    await before.close();
    expect(markedProcesses(id)).toEqual([]);
    const manager = await jobs.open();
    const job = await reach(manager, id, "succeeded");
    expect([job.losses, job.result]).toEqual([0, { count: (149 * 150) / 2 }]);
  });
});
