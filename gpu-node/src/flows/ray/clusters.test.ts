/** Clusters other than the usual one: where no network of its own can be had, and somebody else's with two machines. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { LEASED, listeners, tree } from "./testing/leases.ts";

vi.setConfig({ testTimeout: SETUP_MS });
afterEach(() => vi.unstubAllEnvs());

const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
async function running(flows: TestFlows, options: unknown): Promise<string> {
  const ada = flows.as();
  const fid = await ada.launch("/-/leased/", { mode: "hold", options: JSON.stringify(options) });
  const told = await ada.events(`/outputs/stream/${fid}`, (all) => of(all, "debug").length > 2);
  if (of(told, "error").length > 0) throw new Error(of(told, "error").join());
  return fid;
}

test("without a network of its own Ray is on the loopback behind its token, and it is said why", async () => {
  vi.stubEnv("EYEPIECE_FLOWS_RAY_NETWORK", "shared");
  vi.stubEnv("EYEPIECE_FLOWS_RAY_IDLE", "1");
  await using flows = new TestFlows({ leased: LEASED });
  flows.start();
  expect((await flows.dashboard().get("/")).status).toBe(503);
  const fid = await running(flows, { num_cpus: 1 });
  expect((await flows.as().get("/health")).body.ray).toMatchObject({
    ...{ state: "running", network: "shared", leases: 1 },
    network_reason: "EYEPIECE_FLOWS_RAY_NETWORK is shared",
  });
  const found = listeners(
    tree(flows.agent).map(({ pid }) => pid),
    "self",
  );
  expect(found.open).toEqual([]);
  expect(found.loopback).toBeGreaterThan(5);

  const version = await flows.dashboard().get("/api/version");
  expect([version.status, version.body?.ray_version]).toEqual([200, "2.60.0"]);
  expect((await flows.dashboard().get("/")).text).toMatch(/<html/i);
  expect((await flows.dashboard("user").get("/")).status).toBe(403);
  expect((await flows.dashboard().post("/api/jobs/", { entrypoint: "id" })).status).toBe(405);

  // When nobody has a lease it ends, after a while.
  await flows.as().post(`/outputs/cancel/${fid}`);
  const state = async () => (await flows.as().get("/health")).body.ray.state;
  await expect.poll(state, { timeout: 60_000 }).toBe("off");
  expect(tree(flows.agent).filter(({ args }) => /raylet|gcs_server|ray::/.test(args))).toEqual([]);
});

test("runs are spread over the machines of a cluster that was there before; when one is lost, its runs end", async () => {
  const { python } = await new Environments(ENVIRONMENT_CACHE).ensure("eyepiece-ray");
  await using cluster = new TwoMachines(python);
  await cluster.start();
  vi.stubEnv("EYEPIECE_FLOWS_RAY_SERVER", cluster.address);
  await using flows = new TestFlows({ leased: LEASED });
  flows.start();
  const runs = [await running(flows, { num_cpus: 1 }), await running(flows, { num_cpus: 1 })] as const;
  const machines = async () =>
    (await flows.as().get("/health")).body.ray_status.map(({ alive }: { alive: boolean }) => alive);
  expect(await machines()).toEqual([true, true]);
  const [first = 0, second = 0] = cluster.raylets;
  const holders = (raylet: number) =>
    tree(raylet).filter(({ args }) => args.startsWith("ray::Holder")).length;
  expect([holders(first), holders(second)]).toEqual([1, 1]);

  process.kill(second, "SIGKILL");
  const states = async () =>
    Promise.all(runs.map(async (fid) => (await flows.as().get(`/outputs/status/${fid}`)).body.status));
  await expect.poll(async () => (await states()).sort(), { timeout: 60_000 }).toEqual(["error", "running"]);
  const lost = runs[(await states()).indexOf("error")] ?? "";
  expect((await flows.as().get(`/outputs/status/${lost}`)).body.error).toMatch(/lease was lost/);
  await expect.poll(async () => (await machines()).sort(), { timeout: 60_000 }).toEqual([false, true]);
  // Not ours: it goes on without us.
  await flows.as().post("/ray/stop");
  expect(tree(cluster.pid).some(({ args }) => /gcs_server /.test(args))).toBe(true);
});

/** Two raylets on one machine, which Ray's own command refuses on a loopback. Ends with its standard input. */
const TWO_MACHINES = `
import sys
from ray.cluster_utils import Cluster

machine = {"num_cpus": 1, "node_ip_address": "127.0.0.1"}
cluster = Cluster(initialize_head=True, head_node_args={**machine, "include_dashboard": False})
cluster.add_node(**machine)
print("address", cluster.address, flush=True)
sys.stdin.read()
cluster.shutdown()
`;

/** A cluster of two machines, each with one CPU. */
class TwoMachines {
  readonly #folder = mkdtempSync(join(tmpdir(), "eyepiece-ray-"));
  readonly #child: ChildProcess;
  address = "";

  constructor(python: string) {
    vi.stubEnv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0");
    vi.stubEnv("RAY_AUTH_MODE", "disabled");
    // Ray writes there without making it.
    mkdirSync(join(this.#folder, "ray"));
    this.#child = spawn(python, ["-c", TWO_MACHINES], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, RAY_USAGE_STATS_ENABLED: "0", RAY_TMPDIR: this.#folder },
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get raylets(): readonly number[] {
    return tree(this.pid).flatMap(({ pid, args }) => (/raylet\/raylet /.test(args) ? [pid] : []));
  }

  /** Until it tells its address. */
  async start(): Promise<void> {
    let said = "";
    this.address = await new Promise<string>((resolve, reject) => {
      this.#child.stdout?.on("data", (part: unknown) => {
        said += String(part);
        const [, address] = /^address (\S+)\n/m.exec(said) ?? [];
        if (address) resolve(address);
      });
      this.#child.once("exit", () => reject(new Error(`Ray told no address: ${said}`)));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = tree(this.pid);
    const gone = once(this.#child, "exit");
    this.#child.stdin?.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await gone;
    for (const { pid, args } of all) if (tree(pid)[0]?.args === args) process.kill(pid, "SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
