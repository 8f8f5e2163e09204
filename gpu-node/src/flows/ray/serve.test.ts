/** Services whose forms replicas of Ray Serve answer, where Ray has a network of its own; and what happens when parts of that are killed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { networked, sandboxed } from "../../launcher/probe.ts";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { listeners, processOf, tree } from "./testing/leases.ts";

// Ray is started for the first test, and again for each that kills it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: SETUP_MS });

/** Its form tells which process answers, and what it was imported from; its run what it sees. */
const service = (word: string) => `
import os, time
from fastapi import Request
from eyepiece.flows import InputsError, Launch, ServeAPI, forms as F

app = ServeAPI()
form = F.Model(F.InputText("word", value="${word}"), F.InputText("pid", value=os.readlink("/proc/self/ns/pid")), F.InputNumber("wait", value=0), F.Submit("Go"))

@app.enter("/", model=form, summary="Many")
async def enter(inputs: dict, request: Request):
    time.sleep(float(inputs["wait"] or 0))
    if inputs["word"] == "bad":
        raise InputsError(word="Not this one.")
    return Launch(request, run, inputs={"stay": inputs["word"] == "stay", "ray": [name for name in os.environ if "RAY" in name]})

def run(inputs):
    while inputs["stay"]:
        time.sleep(0.1)
    return {"word": "${word}", "ray": inputs["ray"]}
`;
const own = (await sandboxed()).works && (await networked("/usr/bin/python3")).works;
const flows = new TestFlows({ many: service("one") });
const ada = flows.as("ada");
const bootstrap = (deployment: unknown) =>
  JSON.stringify({
    import_path: "many:app",
    runtime_env: { working_dir: flows.services },
    deployments: [deployment],
  });
const expose = async (deployment: unknown) => {
  const { body } = await ada.get("/expose/many");
  const answer = await ada.post("/expose", { ...body, bootstrap: bootstrap(deployment) });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
};
const form = async () => {
  const { status, body, text } = await ada.get("/-/many/");
  if (status !== 200) throw new Error(`${status}: ${text}`);
  const value = (name: string) => body.elements.find((one: { name: string }) => one.name === name).value;
  return { word: value("word"), pid: value("pid") };
};
const refuse = (wait = 0) => ada.post("/-/many/", { word: "bad", wait });
const app = async () => (await ada.get("/health")).body.serve_status.applications.many;
const replicas = () => tree(flows.agent).filter(({ args }) => args.startsWith("ray::ServeReplica"));
const HOST = /^\S*python -m eyepiece_flows\.host many/;
/** Processes that have forked one that answers for forms. */
const hosts = () =>
  tree(flows.agent).filter(
    ({ pid, args }) => HOST.test(args) && tree(pid).filter((one) => HOST.test(one.args)).length > 1,
  );
const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const finished = async () => {
  const fid = await ada.launch("/-/many/", { word: "x", wait: 0 });
  const told = await ada.events(`/outputs/stream/${fid}`);
  expect(of(told, "error")).toEqual([]);
  return JSON.parse(of(told, "final")[0] ?? "").dict;
};
/** Imports the service anew while forms are opened and handed in, of which none may be refused. @returns what boot tells */
async function refreshed(): Promise<string> {
  let rolling = true;
  const answers: number[] = [];
  const asking = Array.from({ length: 4 }, async (_, i) => {
    while (rolling) answers.push((await (i % 2 ? refuse(0.05) : ada.get("/-/many/"))).status);
  });
  const { text } = await ada.post("/boot/refresh/many");
  rolling = false;
  await Promise.all(asking);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(answers.length).toBeGreaterThan(20);
  return text;
}
const TWO = { num_replicas: 2, max_ongoing_requests: 4 };
const well = () =>
  expect.poll(app, { timeout: 60_000 }).toMatchObject({ status: "RUNNING", replicas: { RUNNING: 2 } });

beforeAll(() => flows.start());
afterAll(() => flows[Symbol.asyncDispose]());

test.skipIf(!own)(
  "boot deploys a service that asks for replicas, whose processes answer by turns; runs are as ever",
  async () => {
    expect((await ada.get("/health")).body.serve_status).toMatchObject({ status: "off", applications: {} });
    await expose(TWO);
    const { text } = await ada.post("/boot/refresh/many");
    expect(text).toMatch(/\[many\] Waits for Ray/);
    expect(text).toMatch(/✔ 1 service started/);
    expect((await ada.get("/expose/many")).body).toMatchObject({ state: "RUNNING", why: "" });
    expect((await ada.get("/health")).body.serve_status).toMatchObject({ status: "running", message: "" });
    await well();
    const seen = new Set<string>();
    await expect
      .poll(async () => seen.add((await form()).pid).size, { interval: 10, timeout: 30_000 })
      .toBe(2);
    expect(await finished()).toEqual({ word: "one", ray: [] });
    expect((await refuse()).body.errors).toMatchObject({ word: ["Not this one."] });
  },
);

test.skipIf(!own)(
  "no listener of Ray Serve is reached from outside of its network, although a replica opens one for all",
  async () => {
    const pids = tree(flows.agent).map(({ pid }) => pid);
    const [replica] = replicas();
    expect(listeners(pids, "self")).toEqual({ loopback: 0, open: [] });
    expect(listeners(pids, replica?.pid ?? 0).open).toHaveLength(replicas().length);
  },
);

test.skipIf(!own)(
  "a refresh rolls over to what is written now without a lost request; what cannot start leaves the one before",
  async () => {
    const before = new Set(hosts().map(({ pid }) => pid));
    writeFileSync(join(flows.services, "many.py"), service("two"));
    expect(await refreshed()).toMatch(/✔ 1 service started/);
    expect((await form()).word).toBe("two");
    await well();
    await expect.poll(() => hosts().filter(({ pid }) => before.has(pid)), { timeout: 30_000 }).toEqual([]);

    writeFileSync(join(flows.services, "many.py"), "raise RuntimeError('it will not start')\n");
    expect(await refreshed()).toMatch(/✗ \[many\] RuntimeError: it will not start/);
    expect((await ada.get("/expose/many")).body).toMatchObject({
      state: "UNHEALTHY",
      why: expect.stringMatching(/it will not start/),
    });
    expect((await form()).word).toBe("two");
    writeFileSync(join(flows.services, "many.py"), service("three"));
    expect(await refreshed()).toMatch(/✔ 1 service started/);
    expect((await form()).word).toBe("three");
    expect((await ada.get("/expose/many")).body).toMatchObject({ state: "RUNNING", why: "" });
  },
);

test.skipIf(!own).each([
  ["a replica", /^ray::ServeReplica/],
  ["a replica's process", HOST],
  ["Serve's controller", /^ray::ServeController/],
] as const)("%s that is killed is replaced, and forms are answered meanwhile", async (_, fits) => {
  await well();
  const pid = processOf(flows.agent, fits);
  process.kill(pid, "SIGKILL");
  for (let i = 0; i < 20; i++) expect((await form()).word).toBe("three");
  await expect.poll(() => tree(flows.agent).filter((one) => one.pid === pid)).toEqual([]);
  const another = () => tree(flows.agent).some((one) => fits.test(one.args));
  await expect.poll(another, { timeout: 60_000 }).toBe(true);
  await expect.poll(() => [replicas().length, hosts().length], { timeout: 60_000 }).toEqual([2, 2]);
  await well();
  expect((await ada.get("/expose/many")).body.state).toBe("RUNNING");
  expect((await refuse()).status).toBe(200);
});

test.skipIf(!own)(
  "a form that a killed replica was just taking is told so, and started nothing",
  async () => {
    const taking = Promise.all(Array.from({ length: 4 }, () => ada.post("/-/many/", { word: "x", wait: 5 })));
    await expect.poll(() => replicas().length).toBe(2);
    const total = async () => (await ada.get("/timeline/list")).body.total;
    const before = await total();
    // All of them, once the forms are there: each replica takes up to four.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const { pid } of hosts()) process.kill(pid, "SIGKILL");
    for (const { status, body } of await taking)
      expect([status, body.detail]).toEqual([
        502,
        expect.stringMatching(/nothing was started: hand it in again/),
      ]);
    expect(await total()).toBe(before);
    expect((await form()).word).toBe("three");
  },
);

test.skipIf(!own)(
  "a node that comes back finds replicas going on, beside a run that kept the agent",
  async () => {
    await well();
    const run = await ada.launch("/-/many/", { word: "stay", wait: 0 });
    await ada.events(`/outputs/stream/${run}`, (all) => of(all, "status").includes("running"));
    const before = hosts().map(({ pid }) => pid);
    await flows.stop();
    flows.start();
    expect((await form()).word).toBe("three");
    await well();
    expect(hosts().map(({ pid }) => pid)).toEqual(before);
    expect((await ada.post("/boot")).text).toMatch(/\[many\] started/);
    expect(hosts().map(({ pid }) => pid)).toEqual(before);
    await ada.post(`/outputs/cancel/${run}`);
  },
);

test.skipIf(!own)(
  "replicas come back by themselves when Ray's head is killed, and a form waits for them",
  async () => {
    process.kill(processOf(flows.agent, /gcs_server /), "SIGKILL");
    await expect.poll(() => replicas().length, { interval: 10, timeout: 20_000 }).toBe(0);
    expect((await form()).word).toBe("three");
    await well();
    await expect.poll(() => hosts().length, { timeout: 20_000 }).toBe(2);
    expect((await ada.get("/expose/many")).body.state).toBe("RUNNING");
  },
);

test.skipIf(!own)(
  "settings change how many there are; without them one process answers, and Serve has none",
  async () => {
    writeFileSync(join(flows.services, "many.py"), service("three"));
    for (const [deployment, count] of [
      [{ num_replicas: 1, ray_actor_options: { num_cpus: 0.1 } }, 1],
      [{ autoscaling_config: { min_replicas: 3, max_replicas: 3 } }, 3],
    ] as const) {
      await expose(deployment);
      await ada.post("/expose/health");
      await expect
        .poll(app, { timeout: 60_000 })
        .toMatchObject({ status: "RUNNING", replicas: { RUNNING: count } });
    }
    const { body } = await ada.get("/expose/many");
    const plain = JSON.stringify({ import_path: "many:app", runtime_env: { working_dir: flows.services } });
    expect((await ada.post("/expose", { ...body, bootstrap: plain })).status).toBe(201);
    expect((await form()).word).toBe("three");
    await expect.poll(() => replicas().length, { timeout: 30_000 }).toBe(0);
    expect(await app()).toBeUndefined();
    expect(await finished()).toEqual({ word: "three", ray: [] });
    await expose(TWO);
    expect((await form()).word).toBe("three");
    expect((await ada.delete("/expose/many")).status).toBe(204);
    await expect.poll(() => [replicas().length, hosts().length], { timeout: 30_000 }).toEqual([0, 0]);
  },
);

test("what Serve would not take is refused where it is written", async () => {
  for (const [deployments, why] of [
    [[{ num_replicas: 0 }], /num_replicas/],
    [[{ num_replicas: 2, autoscaling_config: {} }], /of which one can be/],
    [[{ autoscaling_config: { min_replicas: 3, max_replicas: 2 } }], /has no order/],
    [[{ ray_actor_options: { num_gpus: 1 } }], /num_gpus/],
    [[{ user_config: {} }], /user_config/],
    [[{}, {}], /one entry/],
  ] as const) {
    const text = JSON.stringify({ import_path: "x:y", runtime_env: { working_dir: "/tmp" }, deployments });
    const refused = await ada.post("/expose", { name: "wrong", bootstrap: text });
    expect([refused.status, refused.body?.detail]).toEqual([400, expect.stringMatching(why)]);
  }
});
