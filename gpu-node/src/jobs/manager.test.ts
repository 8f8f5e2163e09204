/** Jobs as real processes: their ends, their pauses, and what is told of them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { markedProcesses } from "./marked.ts";
import { reach, statesOf, TestJobs, until } from "./testing/jobs.ts";

let jobs: TestJobs;
beforeEach(() => {
  jobs = new TestJobs(2);
});
afterEach(() => jobs.end());

describe("a folder of jobs", () => {
  it("has one manager at a time", async () => {
    const first = await jobs.open();
    await expect(jobs.open()).rejects.toThrow("belong to another node that runs");
    await first.close();
    await (await jobs.open()).close();
  });
});

describe("a job", () => {
  it("runs, tells its curves and its result, and its prints are kept", async () => {
    const manager = await jobs.open();
    const { id } = manager.submit({ person: "ada", kind: "counter", params: { steps: 4 }, gpus: 1 });
    const job = await reach(manager, id, "succeeded");
    expect(statesOf(manager, id)).toEqual(["created", "pending", "queued", "running", "succeeded"]);
    expect(job.result).toEqual({ count: 6 });
    const points = manager.metrics(id);
    expect(points.filter(({ name }) => name === "count").map(({ value }) => value)).toEqual([0, 1, 3, 6]);
    expect(points.filter(({ name }) => name === "odd").map(({ value }) => value)).toEqual([
      0,
      Number.NaN,
      0,
      Number.NaN,
    ]);
    expect(manager.output(id).bytes.toString()).toBe("counting from 0\n");
    expect(manager.entries(id).map(({ n }) => n)).toEqual(manager.entries(id).map((_, index) => index + 1));
    const started = manager.entries(id).find((entry) => entry.kind === "event");
    expect(started).toMatchObject({ message: "started at 0", data: { devices: ["fake-0"] } });
    // Given back when the process is gone.
    await expect.poll(() => jobs.ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
    manager.remove(id);
    expect(existsSync(manager.folderOf(id))).toBe(false);
    expect(() => manager.get(id)).toThrow(`There is no job ${id} on this node.`);
  });

  it("fails with the program's last words, or says that it was killed", async () => {
    const manager = await jobs.open();
    const wrong = manager.submit({ person: "ada", kind: "counter", params: { steps: 4, fail_at: 2 } });
    const killed = manager.submit({ person: "ada", kind: "counter", params: { steps: 4, kill_at: 1 } });
    const missing = manager.submit({ person: "ada", kind: "shell", params: "exec /no/such/program" });
    expect((await reach(manager, wrong.id, "failed")).reason).toBe(
      "Its program ended with code 1: the count went wrong",
    );
    expect((await reach(manager, killed.id, "failed")).reason).toContain("was killed (SIGKILL)");
    expect((await reach(manager, missing.id, "failed")).reason).toMatch(/code 127: .*not found/);
  });

  it("is killed from outside: an honest end, no process left, the GPU free", async () => {
    const manager = await jobs.open();
    const { id } = manager.submit({
      person: "ada",
      kind: "counter",
      params: { steps: 9999, pace: 0.01, child: true },
      gpus: 2,
    });
    await until(manager, id, ({ kind }) => kind === "metrics");
    await expect.poll(() => markedProcesses(id).length).toBeGreaterThan(1);
    const counter = markedProcesses(id).find((pid) => {
      const [, script = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return script.endsWith("counter.py");
    });
    process.kill(Number(counter), "SIGKILL");
    expect((await reach(manager, id, "failed")).reason).toContain("was killed (SIGKILL)");
    expect(markedProcesses(id)).toEqual([]);
    await expect.poll(() => jobs.ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
  });

  it("without namespaces too leaves no process behind", async () => {
    const manager = await jobs.open({ sandbox: false });
    const { id } = manager.submit({ person: "ada", kind: "counter", params: { steps: 2, child: true } });
    await reach(manager, id, "succeeded");
    expect(markedProcesses(id)).toEqual([]);
  });

  it("is paused with a checkpoint and goes on from it", async () => {
    const manager = await jobs.open();
    const { id } = manager.submit({
      person: "ada",
      kind: "counter",
      params: { steps: 60, pace: 0.01 },
      gpus: 1,
    });
    await until(manager, id, ({ kind }) => kind === "metrics");
    expect(manager.pause(id).state).toBe("pending_pause");
    const paused = await reach(manager, id, "paused");
    expect(paused.checkpoint?.step).toBeGreaterThan(0);
    expect(paused.devices).toEqual([]);
    manager.resume(id);
    const job = await reach(manager, id, "succeeded");
    expect(job.result).toEqual({ count: (59 * 60) / 2 });
    expect(statesOf(manager, id).slice(3)).toEqual([
      "running",
      "pending_pause",
      "paused",
      "pending_resume",
      "running",
      "succeeded",
    ]);
    expect(manager.output(id).bytes.toString()).toBe(
      `counting from 0\ncounting from ${paused.checkpoint?.step}\n`,
    );
    // Each step once, although two processes told of them.
    expect(
      manager
        .metrics(id)
        .filter(({ name }) => name === "count")
        .map(({ step }) => step),
    ).toEqual([...Array(60).keys()]);
  });

  it("that reports nonsense runs on, with warnings", async () => {
    const manager = await jobs.open();
    const lines = [
      "nonsense",
      '{"type":"metrics","step":-1,"values":{}}',
      '{"type":"checkpoint","step":1,"path":"../../x"}',
    ];
    const params = `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} >&3; echo done`;
    const { id } = manager.submit({ person: "ada", kind: "shell", params });
    const job = await reach(manager, id, "succeeded");
    expect(job.checkpoint).toBeUndefined();
    const events = manager.entries(id).flatMap((entry) => (entry.kind === "event" ? [entry.message] : []));
    expect(events).toHaveLength(3);
    expect(events[2]).toContain("leads out of the job's folder");
  });

  it("sees its own folder and not the store or another's", async () => {
    const manager = await jobs.open({ sandbox: true });
    const a = manager.submit({ person: "ada", kind: "shell", params: "echo secret > mine" });
    await reach(manager, a.id, "succeeded");
    const params = `cat ${join(manager.folderOf(a.id), "work/mine")} ${join(jobs.folder, "jobs.sqlite")}; ls`;
    const b = manager.submit({ person: "bob", kind: "shell", params });
    await reach(manager, b.id, "succeeded");
    const printed = manager.output(b.id).bytes.toString();
    expect(printed).not.toContain("secret");
    expect(printed.match(/No such file/g)).toHaveLength(2);
    expect(manager.list({ person: "bob" }).map(({ id }) => id)).toEqual([b.id]);
  });
});

describe("cancel", () => {
  it("ends a program politely, and by force when it will not", async () => {
    const manager = await jobs.open();
    for (const stubborn of [false, true]) {
      const { id } = manager.submit({
        person: "ada",
        kind: "counter",
        params: { steps: 9999, pace: 0.01, stubborn },
      });
      await until(manager, id, ({ kind }) => kind === "metrics");
      expect(manager.cancel(id).state).toBe("pending_cancel");
      expect(manager.cancel(id).state).toBe("pending_cancel");
      await reach(manager, id, "cancelled");
      expect(markedProcesses(id)).toEqual([]);
      expect(() => manager.cancel(id)).toThrow(`The job ${id} is cancelled already.`);
    }
  });

  it("works in every other state", async () => {
    const never = Promise.withResolvers<void>();
    const manager = await jobs.open({
      kinds: {
        shell: { program: () => ({ argv: ["/bin/sleep", "1000"] }) },
        checked: {
          validate: (_, signal) =>
            Promise.race([
              never.promise,
              new Promise<void>((_, no) => signal.addEventListener("abort", () => no(signal.reason))),
            ]),
          program: () => ({ argv: ["/bin/true"] }),
        },
        slow: {
          program: async () => {
            await never.promise;
            return { argv: ["/bin/true"] };
          },
        },
      },
      limits: { withoutGpu: 1 },
    });
    const validating = manager.submit({ person: "ada", kind: "checked", params: null });
    expect(validating.state).toBe("validating_files");
    expect(manager.cancel(validating.id).state).toBe("pending_cancel");
    await reach(manager, validating.id, "cancelled");
    const whole = manager.submit({ person: "ada", kind: "shell", params: null, gpus: 2 });
    await reach(manager, whole.id, "running");
    const collects = manager.submit({ person: "bob", kind: "shell", params: null, gpus: 1 });
    const queued = manager.submit({ person: "bob", kind: "shell", params: null, gpus: 1 });
    for (const { id } of [queued, collects]) {
      await reach(manager, id, "queued");
      expect(manager.pause(id).state).toBe("paused");
      expect(manager.resume(id).state).toBe("pending_resume");
      expect(manager.cancel(id).state).toBe("cancelled");
    }
    const paused = manager.submit({ person: "bob", kind: "shell", params: null, gpus: 1 });
    await reach(manager, paused.id, "queued");
    manager.pause(paused.id);
    expect(manager.cancel(paused.id).state).toBe("cancelled");
    manager.pause(whole.id);
    expect(manager.cancel(whole.id).state).toBe("pending_cancel");
    await reach(manager, whole.id, "cancelled");
    const preparing = manager.submit({ person: "bob", kind: "slow", params: null });
    await reach(manager, preparing.id, "running");
    manager.cancel(preparing.id);
    never.resolve();
    await reach(manager, preparing.id, "cancelled");
  });
});

describe("what is asked of a manager", () => {
  it("is refused with a sentence when it cannot be", async () => {
    const manager = await jobs.open({ limits: { openPerPerson: 1 } });
    const request = { person: "ada", kind: "shell", params: "sleep 1000" };
    expect(() => manager.submit({ ...request, kind: "toString" })).toThrow(
      "This node has no jobs of kind toString.",
    );
    expect(() => manager.submit({ ...request, priority: 3 })).toThrow(
      "priority must be a whole number from -2 to 2.",
    );
    const { id } = manager.submit(request);
    expect(() => manager.submit(request)).toThrow("Only 1 of your jobs can be open at once.");
    expect(() => manager.resume(id)).toThrow("cannot become pending_resume");
    expect(() => manager.remove(id)).toThrow("cancel it before it is deleted");
  });

  it("is done with fewer GPUs where there are not so many, and says so", async () => {
    const manager = await jobs.open();
    const { id } = manager.submit({
      person: "ada",
      kind: "shell",
      params: "echo $EYEPIECE_DEVICES",
      gpus: 4,
    });
    await reach(manager, id, "succeeded");
    expect(manager.output(id).bytes.toString()).toBe("fake-0,fake-1\n");
    expect(manager.entries(id).filter((entry) => entry.kind === "event")).toMatchObject([
      { level: "warn", message: "It asked for 4 GPUs and this node has 2 for jobs; it runs with these." },
    ]);
  });
});
