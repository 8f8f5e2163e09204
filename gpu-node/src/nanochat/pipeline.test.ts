/** Which stage follows which: with programs that are as short as a program can be. What they compute is tried in `nanochat.test.ts`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobManager } from "../jobs/manager.ts";
import { reach, TestJobs } from "../jobs/testing/jobs.ts";
import { Environments } from "../kernels/environment/environments.ts";
import { FileStore } from "../trainer/files/store.ts";
import type { Engine } from "./engines/engine.ts";
import { STAGE, stageKind, stageOf } from "./kind.ts";
import { Pipeline } from "./pipeline.ts";
import { STAGES, type Stage } from "./stages.ts";
import { type Run, RunStore } from "./store.ts";

const ADA = { id: "ada", name: "Ada", role: "user", rights: ["view", "run"] };
const BEN = { ...ADA, id: "ben" };
/** Writes a checkpoint and goes wrong while the file `stop` is in its way; else says from where it went on. */
const PROGRAM = `
f=$(cat job.json)
case "$f" in *'"stage":"'$STOP_AT'"'*'"resume":null'*) echo '{"type":"checkpoint","step":7,"path":"kept"}' >&3; touch kept; exit 3;; esac
case "$f" in *'"step":7'*) echo '{"type":"result","data":{"resumed":7}}' >&3;; *) echo '{"type":"result","data":{}}' >&3;; esac
`;

let folder: string;
let world: TestJobs;
let jobs: JobManager;
let store: RunStore;
let pipeline: Pipeline;
let stopAt = "";
const engine: Engine = {
  title: "Shell",
  status: () => ({ available: true, message: "There it is." }),
  program: async ({ readOnly }) => ({
    program: { argv: ["/bin/bash", "-c", PROGRAM], env: { STOP_AT: stopAt }, readOnly: [...readOnly] },
  }),
};
const missing: Engine = { ...engine, status: () => ({ available: false, message: "It is not here." }) };
const engines = { bundled: engine, checkout: missing };

async function open(): Promise<void> {
  const context = {
    engines,
    devices: [],
    jobs: () => jobs,
    models: () => ({ list: () => [], find: () => undefined }),
    files: new FileStore(join(folder, "files")),
    environments: new Environments(join(folder, "environments")),
  };
  jobs = await world.open({ kinds: { [STAGE]: stageKind(context) } });
  store = new RunStore(join(folder, "runs.sqlite"));
  pipeline = new Pipeline(jobs, store, engines, () => {});
  pipeline.open();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-runs-"));
  world = new TestJobs();
  stopAt = "none";
  await open();
});
afterEach(async () => {
  pipeline.close();
  await world.end();
  rmSync(folder, { recursive: true, force: true });
});

const states = (run: Run) => pipeline.stages(run).map(({ state }) => state);
const stage = (run: Run, name: Stage) => pipeline.stages(run).find((one) => one.stage === name);
const settled = (run: Run) =>
  vi.waitFor(() => expect(pipeline.get(ADA, run.id).going).toBe(false), { timeout: 60_000, interval: 50 });
const finish = async (run: Run, name: Stage) => reach(jobs, pipeline.start(run, name).id, "succeeded");

describe("a run", { timeout: 120_000 }, () => {
  it("has stages that wait for what they begin from", async () => {
    const run = pipeline.create(ADA, "first", "bundled", {});
    expect(states(run)).toEqual(["ready", ...Array(5).fill("waiting")]);
    expect(() => pipeline.start(run, "base")).toThrow(/what dataset and tokenizer made: run that first/);
    await finish(run, "dataset");
    expect(states(run).slice(0, 3)).toEqual(["succeeded", "ready", "waiting"]);
    await finish(run, "tokenizer");
    await finish(run, "base");
    // An evaluation is of what there is.
    expect(stage(run, "evaluation")?.state).toBe("ready");
  });

  it("goes on by itself to its end, each stage from the ones before", async () => {
    const run = pipeline.create(ADA, "all", "bundled", { base: { depth: 3 } });
    pipeline.runAll(run);
    await settled(run);
    expect(states(run)).toEqual(Array(6).fill("succeeded"));
    expect(pipeline.get(ADA, run.id).note).toBe("");
    const of = (name: Stage) => stageOf(stage(run, name)?.job ?? ({} as never));
    expect(of("base").settings.depth).toBe(3);
    expect(of("evaluation").inputs.model).toBe(stage(run, "rl")?.job?.id);
    expect(of("sft").inputs.model).toBe(stage(run, "base")?.job?.id);
    // Another time there is nothing to do.
    const last = stage(run, "evaluation")?.job?.id;
    pipeline.runAll(run);
    await settled(run);
    expect(stage(run, "evaluation")?.job?.id).toBe(last);
  });

  it("stops at a stage that fails, says why, and is tried again from its checkpoint", async () => {
    stopAt = "base";
    const run = pipeline.create(ADA, "fails", "bundled", {});
    pipeline.runAll(run);
    await settled(run);
    expect(states(run)).toEqual(["succeeded", "succeeded", "failed", "waiting", "waiting", "waiting"]);
    expect(pipeline.get(ADA, run.id).note).toMatch(/^Base failed: .*3/);
    expect(stage(run, "base")?.job?.checkpoint?.step).toBe(7);
    pipeline.runAll(run);
    await settled(run);
    expect(states(run)).toEqual(Array(6).fill("succeeded"));
    expect(stage(run, "base")?.job?.result).toEqual({ resumed: 7 });
  });

  it("begins a stage from nothing where it is told something else than before", async () => {
    stopAt = "base";
    const run = pipeline.create(ADA, "other", "bundled", {});
    await finish(run, "dataset");
    await finish(run, "tokenizer");
    await reach(jobs, pipeline.start(run, "base").id, "failed");
    stopAt = "none";
    const again = await reach(jobs, pipeline.start(run, "base", { depth: 4 }).id, "succeeded");
    expect(again.result).toEqual({});
  });

  it("calls stale what was made from older things, and makes it anew", async () => {
    const run = pipeline.create(ADA, "stale", "bundled", {});
    pipeline.runAll(run);
    await settled(run);
    await finish(run, "tokenizer");
    expect(pipeline.stages(run).map(({ stale }) => stale)).toEqual([false, false, true, true, true, true]);
    pipeline.runAll(run);
    await settled(run);
    expect(pipeline.stages(run).some(({ stale }) => stale)).toBe(false);
  });

  it("goes on after the node was stopped in the middle", async () => {
    const run = pipeline.create(ADA, "restart", "bundled", {});
    pipeline.runAll(run);
    pipeline.close();
    await jobs.close();
    await open();
    await settled(run);
    expect(states(run)).toEqual(Array(6).fill("succeeded"));
  });

  it("keeps of each stage the last two tries and the last that succeeded", async () => {
    const run = pipeline.create(ADA, "tries", "bundled", {});
    const good = await finish(run, "dataset");
    await finish(run, "tokenizer");
    stopAt = "dataset";
    const failed: string[] = [];
    for (let seed = 2; seed < 6; seed++)
      failed.push((await reach(jobs, pipeline.start(run, "dataset", { seed }).id, "failed")).id);
    expect([good.id, ...failed].map((job) => jobs.find(job) !== undefined)).toEqual([
      ...[true, false, false, true, true],
    ]);
  });

  it("is stopped, with what runs", async () => {
    const run = pipeline.create(ADA, "stop", "bundled", {});
    pipeline.runAll(run);
    pipeline.stop(run);
    await vi.waitFor(() => expect(states(run)[0]).toMatch(/cancelled|succeeded/));
    expect(pipeline.get(ADA, run.id)).toMatchObject({ going: false, note: "It was stopped." });
    expect(states(run).slice(2)).toEqual(Array(4).fill("waiting"));
  });

  it("is one's own, and named once", () => {
    const run = pipeline.create(ADA, "mine", "bundled", {});
    expect(() => pipeline.get(BEN, run.id)).toThrow(/No such run/);
    expect(pipeline.list(BEN)).toEqual([]);
    expect(() => pipeline.create(ADA, "mine", "bundled", {})).toThrow(/already/);
    pipeline.create(BEN, "mine", "bundled", {});
    for (const name of ["", "../x", "a/b", "-a", "x".repeat(41)])
      expect(() => pipeline.create(ADA, name, "bundled", {})).toThrow(/A run's name/);
    expect(() => pipeline.create(ADA, "real", "checkout", {})).toThrow("It is not here.");
  });

  it("has at most one open job for a stage, and is removed with all it made", async () => {
    const run = pipeline.create(ADA, "gone", "bundled", {});
    const first = pipeline.start(run, "dataset");
    expect(() => pipeline.start(run, "dataset")).toThrow(/already/);
    await pipeline.remove(run);
    expect(jobs.find(first.id)).toBeUndefined();
    expect(pipeline.list(ADA)).toEqual([]);
    expect(STAGES).toHaveLength(6);
  });
});
