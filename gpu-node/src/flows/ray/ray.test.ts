/** Runs that ask for resources: with Ray, and what happens when parts of it are killed. */
import { availableParallelism } from "node:os";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { networked, sandboxed } from "../../launcher/probe.ts";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { LEASED, listeners, processOf, testGpus, tree } from "./testing/leases.ts";

/** What the head gives out. */
const CPUS = availableParallelism();
// A head is started for the first test, and again after each that kills it.
vi.setConfig({ testTimeout: 180_000 });
const gpus = testGpus();
const flows = new TestFlows({ leased: LEASED }, gpus);
const ada = flows.as("ada");

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

const launch = (options: unknown, mode = "look") =>
  ada.launch("/-/leased/", { mode, options: JSON.stringify(options) });
const stream = (fid: string, enough?: (told: readonly Told[]) => boolean) =>
  ada.events(`/outputs/stream/${fid}`, enough);
const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const held = () => gpus.ledger.report().flatMap(({ reservations }) => reservations);
/** Processes of hosts that are one run's alone. */
const hosts = () => tree(flows.agent).filter(({ args }) => args.includes("EYEPIECE_FLOWS_LATE=1")).length;
const running = async (options: unknown): Promise<string> => {
  const fid = await launch(options, "hold");
  const told = await stream(fid, (all) => of(all, "debug").length > 2);
  if (of(told, "error").length > 0) throw new Error(of(told, "error").join());
  return fid;
};

test("a run that asks for a GPU waits for Ray, says so, has the GPU, and gives it back", async () => {
  const fid = await launch({ num_gpus: 1, runtime_env: { env_vars: { MARK: "mine" } } });
  const told = await stream(fid);
  expect(of(told, "error")).toEqual([]);
  expect(of(told, "agent").join()).toMatch(/Waits for Ray/);
  expect(of(told, "status")).toEqual(["starting", "running", "finished"]);
  expect(JSON.parse(of(told, "final")[0] ?? "").dict).toEqual({
    cuda: "GPU-a",
    mark: "mine",
    tokens: [],
    home: false,
  });
  await expect.poll(held).toEqual([]);
});

test("who asks for more than is free waits in turn, may be called off, and is started when it is free", async () => {
  const first = await running({ num_gpus: 2 });
  expect(held().map(({ use }) => use)).toEqual(["flows", "flows"]);
  const second = await launch({ num_gpus: 1 });
  const third = await ada.launch("/-/leased/whole");
  const waits = await stream(second, (told) =>
    of(told, "agent").some((text) => /others have them/.test(text)),
  );
  expect(of(waits, "status")).toEqual(["starting"]);
  expect((await ada.post(`/outputs/cancel/${second}`)).status).toBe(200);
  expect(of(await stream(second), "error")).toEqual(["cancelled"]);
  expect((await ada.post(`/outputs/cancel/${first}`)).status).toBe(200);
  expect(of(await stream(first), "error")).toEqual(["cancelled"]);
  const told = await stream(third);
  expect(of(told, "error")).toEqual([]);
  expect(JSON.parse(of(told, "final")[0] ?? "").dict.cuda).toMatch(/^GPU-[ab]$/);
  await expect.poll(held).toEqual([]);
});

test("CPUs, memory and resources of the cluster's own are Ray's to count; what it can never have is said at once", async () => {
  const all = await running({ num_cpus: 1, memory: 200_000_000 });
  expect(held()).toEqual([]);
  const waiting = await launch({ num_cpus: CPUS });
  await stream(waiting, (told) =>
    of(told, "agent").some((text) => /Waits for .* CPU \(.* free\)/.test(text)),
  );
  await ada.post(`/outputs/cancel/${all}`);
  expect(of(await stream(waiting), "status").at(-1)).toBe("finished");
  for (const [options, why] of [
    [{ num_gpus: 3 }, /asks for 3 GPUs, and this machine has 2/],
    [{ num_cpus: 4000 }, /This machine of the cluster has not 4000 CPU/],
    [{ resources: { tpu: 1 } }, /This machine of the cluster has not 1 tpu/],
  ] as const) {
    const told = await stream(await launch(options));
    expect(of(told, "error").join()).toMatch(why);
  }
  for (const [options, why] of [
    [{ num_gpus: 1.5 }, /num_gpus is a whole number/],
    [{ num_gpus: -1 }, /num_gpus/],
    [{ runtime_env: { pip: ["-r x"] } }, /runtime_env.pip/],
    [{ runtime_env: { working_dir: "/no/such" } }, /working_dir is no folder/],
    [{ num_gpus: 1, runtime_env: { working_dir: "/" } }, /working_dir is outside/],
  ] as const) {
    const refused = await ada.post("/-/leased/", { mode: "look", options: JSON.stringify(options) });
    expect([refused.status, refused.body?.detail]).toEqual([503, expect.stringMatching(why)]);
  }
  await expect.poll(held).toEqual([]);
});

test.each([
  ["the worker that holds the lease", /^ray::Holder/, /lease was lost|Ray has died/],
  ["the raylet", /raylet\/raylet /, /lease was lost|Ray has died/],
  ["the head", /gcs_server /, /lease was lost|Ray has died/],
  ["the program that has the cluster", /^\S+python -m eyepiece_flows\.cluster/, /Ray has died/],
] as const)(
  "a run whose lease is gone by a SIGKILL of %s ends as an error, gives all back, and the next one runs",
  async (_, fits, why) => {
    const fid = await running({ num_gpus: 1 });
    expect(hosts()).toBeGreaterThan(0);
    process.kill(processOf(flows.agent, fits), "SIGKILL");
    const told = await stream(fid);
    expect(of(told, "error").join()).toMatch(why);
    expect(of(told, "status").at(-1)).toBe("error");
    await expect.poll(held).toEqual([]);
    // Its processes end with it.
    await expect.poll(hosts, { timeout: 10_000 }).toBe(0);
    expect(of(await stream(await launch({ num_gpus: 1 })), "status").at(-1)).toBe("finished");
  },
);

test("Ray that an operator has started comes back by itself when its head is killed", async () => {
  expect((await ada.post("/ray/start")).body).toMatchObject({ state: "running" });
  const { deaths } = (await ada.get("/ray")).body;
  process.kill(processOf(flows.agent, /gcs_server /), "SIGKILL");
  const status = async () => (await ada.get("/ray")).body;
  await expect.poll(status, { timeout: 120_000 }).toMatchObject({ state: "running", deaths: deaths + 1 });
});

test("a run that is killed itself gives its lease back", async () => {
  const fid = await running({ num_cpus: CPUS, num_gpus: 2 });
  const told = await ada.post(`/outputs/cancel/${fid}`);
  expect(told.status).toBe(200);
  expect(of(await stream(await launch({ num_cpus: CPUS, num_gpus: 2 })), "status").at(-1)).toBe("finished");
});

test("leases outlive a node: the run goes on, is found again, and holds what it had", async () => {
  const fid = await running({ num_cpus: CPUS, num_gpus: 1 });
  const { agent } = flows;
  const before = held().map(({ device }) => device);
  const raylet = processOf(agent, /raylet\/raylet /);
  await flows.stop();
  // A ledger lives as long as its node.
  gpus.ledger.releaseAll(`a flow's run ${fid}`);
  flows.start();
  const told = await stream(fid, (all) => of(all, "debug").length > 10);
  expect(of(told, "error")).toEqual([]);
  await expect.poll(() => held().map(({ device }) => device)).toEqual(before);
  const waiting = await launch({ num_cpus: CPUS });
  await stream(waiting, (all) => of(all, "agent").some((text) => /CPU/.test(text)));
  await ada.post(`/outputs/cancel/${fid}`);
  expect(of(await stream(fid), "error")).toEqual(["cancelled"]);
  expect(of(await stream(waiting), "status").at(-1)).toBe("finished");
  expect(processOf(flows.agent, /raylet\/raylet /)).toBe(raylet);
  await expect.poll(held).toEqual([]);
});

test("nothing of Ray listens where another machine reaches it", async () => {
  const fid = await running({ num_cpus: 1 });
  const pids = tree(flows.agent).map(({ pid }) => pid);
  const raylet = processOf(flows.agent, /raylet\/raylet /);
  const own = (await sandboxed()).works && (await networked("/usr/bin/python3")).works;
  expect(listeners(pids, "self")).toEqual({ loopback: own ? 0 : expect.any(Number), open: [] });
  // In its own network, too, it is on the loopback, as far as Ray lets itself be told; and this sees it there.
  expect(listeners(pids, raylet).loopback).toBeGreaterThan(5);
  await ada.post(`/outputs/cancel/${fid}`);
});

test("a run that is called off while its host is started leaves none behind, and no lease", async () => {
  const fid = await launch({ num_gpus: 1 }, "hold");
  await expect.poll(hosts).toBeGreaterThan(0);
  await ada.post(`/outputs/cancel/${fid}`);
  expect(of(await stream(fid), "error")).toEqual(["cancelled"]);
  await expect.poll(hosts, { timeout: 10_000 }).toBe(0);
  await expect.poll(held).toEqual([]);
});
