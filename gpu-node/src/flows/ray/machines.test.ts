/** Light runs on another machine of a cluster: two raylets, the second of which sees nothing of the node's folders. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { Environments, PYTHON_PROJECT } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { WHEEL, writeWheel } from "../testing/wheels.ts";
import { processOf, tree } from "./testing/leases.ts";
import { TwoMachines } from "./testing/two-machines.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: SETUP_MS });

/** Counts as far as its form says; imports a module beside it, reads a file there, and leaves one. */
const ROAMING = `
import asyncio, itertools, os
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F
from parts.words import WORD

app = ServeAPI()

@app.enter("/leased", model=F.Model(F.Submit("Go")), summary="A CPU of Ray's", ray_actor_options={"num_cpus": 1})
async def leased(request: Request):
    return Launch(request, roam, inputs={"n": -1})

@app.enter("/", model=F.Model(F.InputNumber("n", value=0), F.Submit("Go")), summary="Roams")
async def enter(inputs: dict, request: Request):
    return Launch(request, roam, inputs=inputs)

async def roam(inputs, tracer):
    n = int(inputs["n"])
    for i in itertools.count():
        if i == n:
            break
        await tracer.debug(str(i))
        if n < 1000:
            await asyncio.sleep(0.02)
    fs = await tracer.fs()
    with open("told.txt", "w") as file:
        file.write(WORD)
    where = await fs.upload("told.txt")
    return {"word": WORD, "where": where, "data": open(os.path.join(os.path.dirname(__file__), "data.txt")).read(),
            "ray": [name for name in os.environ if "RAY" in name], "run": bool(os.access(__file__, os.W_OK))}
`;

/** Asks for a package that only the service's folder has, and for an answer. */
const PACKED = `
import tinypack
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F

app = ServeAPI()

@app.enter("/", summary="Packed")
async def enter(request: Request):
    return Launch(request, pack)

@app.lock("sure")
async def sure(data: dict):
    return F.Model(F.InputText("why", required=True), F.Submit("Yes"))

@app.lease("sure")
async def leased(inputs: dict, data: dict):
    return {"why": inputs["why"].upper(), "about": data["about"]}

async def pack(tracer):
    answer = await tracer.lock("sure", data={"about": tinypack.WORD})
    import numpy
    return {"place": tinypack.__file__, "numpy": numpy.__file__, **answer}
`;

const FOR_EVER = -1;
let flows: TestFlows;
let cluster: TwoMachines;
let hidden: readonly string[];

beforeAll(async () => {
  const environments = new Environments(ENVIRONMENT_CACHE);
  const [ray, services] = [
    await environments.ensure("eyepiece-ray"),
    await environments.ensure("eyepiece-flows"),
  ];
  flows = new TestFlows({ roaming: ROAMING });
  mkdirSync(join(flows.services, "parts"));
  writeFileSync(join(flows.services, "parts", "words.py"), 'WORD = "sent"\n');
  writeFileSync(join(flows.services, "data.txt"), "data");
  // What a machine of its own would not have. Its packages come from what is fetched already.
  hidden = [flows.home, flows.services, PYTHON_PROJECT, services.folder];
  cluster = new TwoMachines(ray.python, {
    UV_CACHE_DIR: join(ENVIRONMENT_CACHE, "cache"),
    PATH: `${join(ENVIRONMENT_CACHE, "uv", "bin")}:${process.env.PATH}`,
  });
  await cluster.start(hidden);
  vi.stubEnv("EYEPIECE_FLOWS_RAY_SERVER", cluster.address);
  vi.stubEnv("EYEPIECE_FLOWS_RAY_CPUS", "1");
  flows.start();
});
afterAll(async () => {
  await flows?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const launched: string[] = [];
const launch = async (n: number): Promise<string> => {
  const fid = await flows.as().launch("/-/roaming/", { n });
  launched.push(fid);
  return fid;
};
// Which machine has most room follows from what runs: nothing may be left of another test.
afterEach(async () => {
  for (const fid of launched.splice(0)) {
    await flows.as().post(`/outputs/cancel/${fid}`);
    await stream(fid);
  }
});
const stream = (fid: string, enough?: (told: readonly Told[]) => boolean) =>
  flows.as().events(`/outputs/stream/${fid}`, enough);
const agents = async (): Promise<{ state: string; message: string; running: number }[]> =>
  (await flows.as().get("/health")).body.agents;
const ready = () => expect.poll(agents, { timeout: 300_000 }).toMatchObject([{ state: "ready" }]);
const hosts = () =>
  tree(cluster.raylet(1)).filter(({ args }) => /python -m eyepiece_flows\.host/.test(args)).length;
/** One run here, one there. @returns the one there */
async function pair(n = FOR_EVER): Promise<readonly [here: string, there: string]> {
  const fids: string[] = [];
  for (const _ of "ab") {
    const fid = await launch(n);
    fids.push(fid);
    await stream(fid, (all) => of(all, "debug").length > 2 || of(all, "error").length > 0);
  }
  return fids as [string, string];
}
/** Ends a run, and waits until it is over. */
async function cancel(fid: string): Promise<Told[]> {
  expect((await flows.as().post(`/outputs/cancel/${fid}`)).status).toBe(200);
  return stream(fid);
}
const whole = (told: readonly Told[]) => {
  const numbers = told.filter(({ event, id }) => event !== "eof" && id !== "").map(({ id }) => Number(id));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
};

test("light runs go to the machine with most room, with the service's code, limits and files", {
  timeout: SETUP_MS,
}, async () => {
  // The first run has the cluster joined, and does not wait for it.
  expect(of(await stream(await launch(1)), "status").at(-1)).toBe("finished");
  await ready();
  expect(hosts()).toBe(0);
  const [here, there] = await pair(100);
  expect(await agents()).toMatchObject([{ running: 1 }]);
  expect(hosts()).toBeGreaterThan(0);
  const told = await stream(there);
  whole(told);
  expect(of(told, "debug")).toHaveLength(100);
  expect(JSON.parse(of(told, "final")[0] ?? "").dict).toEqual({
    ...{ word: "sent", where: "out/told.txt", data: "data", ray: [], run: false },
  });
  expect((await flows.as().get(`/files/${there}/out/told.txt`)).text).toBe("sent");
  await stream(here);
});

test("a run elsewhere goes on while no node is there, tells all of it in order, and is ended from the next one", async () => {
  const [here, there] = await pair();
  await stream(here, (all) => of(all, "debug").length > 5);
  await cancel(here);
  const { agent } = flows;
  const program = processOf(agent, /eyepiece_flows\.cluster/);
  await flows.stop();
  flows.start();
  await expect.poll(agents, { timeout: 60_000 }).toMatchObject([{ state: "ready", running: 1 }]);
  const before = (await stream(there, (all) => of(all, "debug").length > 20)).length;
  await stream(there, (all) => all.length > before + 20);
  const told = await cancel(there);
  whole(told);
  expect(of(told, "error")).toEqual(["cancelled"]);
  expect(flows.agent).toBe(agent);
  expect(processOf(agent, /eyepiece_flows\.cluster/)).toBe(program);
});

test("many events of a run elsewhere come whole, while its node is away, too", async () => {
  await ready();
  const here = await launch(FOR_EVER);
  await stream(here, (all) => of(all, "debug").length > 0);
  const there = await launch(30_000);
  // What its agent has not heard of when the node goes does not begin.
  await stream(there, (all) => of(all, "debug").length > 0);
  await flows.stop();
  flows.start();
  const told = await stream(there);
  whole(told);
  expect(of(told, "error")).toEqual([]);
  expect(of(told, "debug")).toEqual(Array.from({ length: 30_000 }, (_, i) => String(i)));
  await cancel(here);
});

test("a run elsewhere has the packages of its service, made there once, and takes the answer to a lock", async () => {
  const bootstrap = (word: string) => {
    writeWheel(flows.services, word);
    const runtime_env = { working_dir: flows.services, uv: [WHEEL] };
    return JSON.stringify({ import_path: "packed:app", runtime_env });
  };
  writeFileSync(join(flows.services, "packed.py"), PACKED);
  const word = `packed for ${flows.home}`;
  const exposed = await flows.as().post("/expose", { name: "packed", bootstrap: bootstrap(word) });
  expect(exposed.status).toBe(201);
  await stream(await launch(1));
  await ready();
  const here = await launch(FOR_EVER);
  await stream(here, (all) => of(all, "debug").length > 0);
  for (const round of ["first", "second"]) {
    const fid = await flows.as().launch("/-/packed/");
    const waiting = await stream(fid, (all) => of(all, "lock").length > 0 || of(all, "error").length > 0);
    expect(of(waiting, "error")).toEqual([]);
    const prepares = of(waiting, "agent").some((text) =>
      /Prepares packages on the run's machine: tiny/.test(text),
    );
    expect([round, prepares]).toEqual([round, round === "first"]);
    expect(await agents()).toMatchObject([{ running: 1 }]);
    const { lid } = JSON.parse(of(waiting, "lock")[0] ?? "");
    expect((await flows.as().post(`/lock/${fid}/${lid}`, { why: "because" })).status).toBe(200);
    const { place, numpy, ...answer } = JSON.parse(of(await stream(fid), "final")[0] ?? "").dict;
    expect(answer).toEqual({ why: "BECAUSE", about: word });
    expect([place, numpy].map((path) => path.includes("/.eyepiece/agents/"))).toEqual([true, true]);
  }
  await cancel(here);
  expect((await flows.as().delete("/expose/packed")).status).toBe(204);
});

test("an agent elsewhere that is killed is followed by one that says that its runs are over", async () => {
  await ready();
  const [here, there] = await pair();
  process.kill(processOf(cluster.raylet(1), /python -m eyepiece_flows\.agent/), "SIGKILL");
  const told = await stream(there);
  whole(told);
  expect(of(told, "error")).toEqual(["The run's machine lost its agent."]);
  await expect.poll(hosts, { timeout: 20_000 }).toBe(0);
  await cancel(here);
  const [again, next] = await pair(20);
  for (const fid of [again, next]) expect(of(await stream(fid), "status").at(-1)).toBe("finished");
});

test("a run with a lease has this machine's share, by the cluster's own token; the cluster goes on when the node leaves it", async () => {
  await ready();
  const fid = await flows.as().launch("/-/roaming/leased");
  const told = await stream(fid, (all) => of(all, "debug").length > 2 || of(all, "error").length > 0);
  expect(of(told, "error")).toEqual([]);
  const holders = ([0, 1] as const).map(
    (machine) => tree(cluster.raylet(machine)).filter(({ args }) => args.startsWith("ray::Holder")).length,
  );
  expect(holders).toEqual([1, 0]);
  expect((await flows.as().post("/ray/stop")).body.state).toBe("off");
  expect(of(await stream(fid), "error")).toEqual(["Ray was stopped."]);
  expect(await agents()).toEqual([]);
  await expect.poll(() => hosts(), { timeout: 20_000 }).toBe(0);
  expect(cluster.raylet(0)).toBeGreaterThan(0);
  // The next run joins it again.
  expect(of(await stream(await launch(5)), "status").at(-1)).toBe("finished");
  await ready();
});

test("a service has replicas where the cluster runs Serve already, on this machine; they leave it with the node", async () => {
  await stream(await launch(1));
  await ready();
  const { body } = await flows.as().get("/expose/roaming");
  const bootstrap = JSON.stringify({ ...JSON.parse(body.bootstrap), deployments: [{ num_replicas: 2 }] });
  expect((await flows.as().post("/expose", { ...body, bootstrap })).status).toBe(201);
  const serve = async () => (await flows.as().get("/health")).body.serve_status;
  const replicas = () =>
    ([0, 1] as const).map(
      (machine) =>
        tree(cluster.raylet(machine)).filter(({ args }) => args.startsWith("ray::ServeReplica")).length,
    );
  const boot = async () => (await flows.as().post("/boot/refresh/roaming")).text;
  expect(await boot()).toMatch(/⚠ \[roaming\] .*The cluster does not run Ray Serve/);
  expect(await serve()).toMatchObject({ status: "refused", applications: {} });
  expect(of(await stream(await launch(5)), "status").at(-1)).toBe("finished");

  await cluster.python('from ray import serve; serve.start(proxy_location="Disabled")');
  expect(await boot()).toMatch(/✔ 1 service started/);
  expect(await serve()).toMatchObject({
    status: "running",
    applications: { roaming: { status: "RUNNING", replicas: { RUNNING: 2 } } },
  });
  expect(replicas()).toEqual([2, 0]);
  expect(of(await stream(await launch(5)), "status").at(-1)).toBe("finished");
  expect((await flows.as().post("/ray/stop")).body.state).toBe("off");
  await expect.poll(replicas, { timeout: 60_000 }).toEqual([0, 0]);
  const left = () => cluster.python("from ray import serve; print(len(serve.status().applications))");
  await expect.poll(left, { timeout: 60_000, interval: 1000 }).toBe("0");
  const { body: now } = await flows.as().get("/expose/roaming");
  expect((await flows.as().post("/expose", { ...now, bootstrap: body.bootstrap })).status).toBe(201);
  expect(of(await stream(await launch(5)), "status").at(-1)).toBe("finished");
});

test("a machine that is lost ends its runs, leaves the list, and nothing goes there; what runs here goes on", async () => {
  await ready();
  const [here, there] = await pair();
  process.kill(cluster.raylet(1), "SIGKILL");
  const told = await stream(there);
  whole(told);
  expect(of(told, "error")).toEqual(["The run's machine was lost."]);
  await expect.poll(agents, { timeout: 60_000 }).toEqual([]);
  expect((await flows.as().get(`/outputs/status/${here}`)).body.status).toBe("running");
  expect(of(await stream(await launch(5)), "status").at(-1)).toBe("finished");
  await cancel(here);
});

test("a machine that says nothing, as one that hangs, is lost before Ray says so, and is taken again when it is back", {
  timeout: SETUP_MS,
}, async () => {
  await stream(await launch(1));
  await cluster.second(hidden);
  await ready();
  const [here, there] = await pair();
  const silent = tree(cluster.raylet(1));
  for (const { pid } of silent) process.kill(pid, "SIGSTOP");
  const told = await stream(there);
  whole(told);
  expect(of(told, "error")).toEqual(["The run's machine was lost."]);
  const machines = async () => (await flows.as().get("/health")).body.ray_status;
  expect(await machines()).toContainEqual(expect.objectContaining({ address: "127.0.0.2", alive: true }));
  expect((await flows.as().get(`/outputs/status/${here}`)).body.status).toBe("running");
  for (const { pid } of silent) process.kill(pid, "SIGCONT");
  // Its old agent is gone with its run, and it has another one.
  await expect.poll(agents, { timeout: 110_000 }).toMatchObject([{ state: "ready", running: 0 }]);
  await cancel(here);
});

test("runs of a cluster whose head has died end, and say so; what runs here goes on", async () => {
  await stream(await launch(1));
  await ready();
  const [here, there] = await pair();
  const leased = await flows.as().launch("/-/roaming/leased");
  await stream(leased, (all) => of(all, "debug").length > 2 || of(all, "error").length > 0);
  process.kill(cluster.head, "SIGKILL");
  expect(of(await stream(there), "error")).toEqual([
    "The run's machine was lost: The head of the Ray cluster has ended.",
  ]);
  expect(of(await stream(leased), "error")).toEqual(["Ray has died: The head of the Ray cluster has ended."]);
  expect((await flows.as().get(`/outputs/status/${here}`)).body.status).toBe("running");
  await cancel(here);
  // Nobody can call it off there any more: it ends when nobody asks for what it says.
  await expect.poll(hosts, { timeout: 90_000 }).toBe(0);
});
