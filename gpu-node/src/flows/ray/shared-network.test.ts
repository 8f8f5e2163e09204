/** The node's own cluster where no network of its own can be had, and its dashboard. */
import { afterEach, expect, test, vi } from "vitest";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { saying } from "../testing/services.ts";
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

test("without a network of its own a service that asks for replicas has one process of the node, and it is said why", async () => {
  vi.stubEnv("EYEPIECE_FLOWS_RAY_NETWORK", "shared");
  await using flows = new TestFlows({ many: saying("hello") });
  flows.start();
  const ada = flows.as();
  const { body } = await ada.get("/expose/many");
  const bootstrap = JSON.stringify({ ...JSON.parse(body.bootstrap), deployments: [{ num_replicas: 2 }] });
  expect((await ada.post("/expose", { ...body, bootstrap })).status).toBe(201);
  const why = /^One process of the node answers .* EYEPIECE_FLOWS_RAY_NETWORK is shared\.$/;
  expect((await ada.post("/boot/refresh/many")).text).toMatch(/⚠ \[many\] One process of the node answers/);
  expect((await ada.get("/expose/many")).body).toMatchObject({
    state: "RUNNING",
    why: expect.stringMatching(why),
  });
  expect((await ada.get("/health")).body).toMatchObject({
    serve_status: { status: "refused", message: expect.stringMatching(why), applications: {} },
    ray: { state: "off" },
  });
  const fid = await ada.launch("/-/many/");
  expect(of(await ada.events(`/outputs/stream/${fid}`), "status").at(-1)).toBe("finished");
  const pids = tree(flows.agent);
  expect(pids.filter(({ args }) => /raylet|gcs_server|ray::/.test(args))).toEqual([]);
  const found = listeners(
    pids.map(({ pid }) => pid),
    "self",
  );
  expect(found).toEqual({ loopback: 0, open: [] });
});

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
