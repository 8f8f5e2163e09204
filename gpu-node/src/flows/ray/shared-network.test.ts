/** The node's own cluster where no network of its own can be had, and its dashboard. */
import { afterEach, expect, test, vi } from "vitest";
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
