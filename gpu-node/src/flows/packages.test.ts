/** Packages that a service or a run asks for by its runtime_env: a wheel in the service's folder, so that no network is needed. */
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ENVIRONMENT_CACHE } from "../kernels/testing/kernels.ts";
import { SETUP_MS, TestFlows, type Told } from "./testing/flows.ts";
import { WHEEL, writeWheel } from "./testing/wheels.ts";

/** Its forms can be asked without the package; its run imports it. */
const NEEDING = `
import json, os
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F

app = ServeAPI()

@app.enter("/", model=F.Model(F.InputText("env"), F.Submit("Go")), summary="Needs")
async def enter(inputs: dict, request: Request):
    return Launch(request, run, ray_actor_options={"runtime_env": json.loads(inputs["env"])})

def run():
    found = {"mark": os.environ.get("MARK")}
    try:
        import tinypack
        found |= {"word": tinypack.WORD, "where": "eyepiece-packages-" in tinypack.__file__}
    except ImportError:
        found["word"] = None
    import numpy
    return found | {"numpy": "eyepiece-flows" in numpy.__file__}
`;
/** Imports it at once. */
const WHOLE = `
import tinypack
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI

app = ServeAPI()

@app.enter("/", summary="Needs it at once")
async def enter(request: Request):
    return Launch(request, say)

def say():
    return tinypack.WORD
`;
const flows = new TestFlows({ needing: NEEDING, whole: WHOLE });
const ada = flows.as("ada");
const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const run = async (env: unknown) => {
  const fid = await ada.launch("/-/needing/", { env: JSON.stringify(env) });
  return ada.events(`/outputs/stream/${fid}`);
};
const found = (told: readonly Told[]) => {
  expect(of(told, "error")).toEqual([]);
  return JSON.parse(of(told, "final")[0] ?? "").dict;
};

beforeAll(async () => {
  writeWheel(flows.services, `made for ${flows.services}`);
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(async () => {
  // Theirs alone: other environments of tests are kept for the next time.
  for (const made of globSync(join(ENVIRONMENT_CACHE, "eyepiece-packages-*"))) {
    const [file] = globSync(join(made, "lib", "python3*", "site-packages", "tinypack.py"));
    if (file && readFileSync(file, "utf8").includes(flows.services)) rmSync(made, { recursive: true });
  }
  await flows[Symbol.asyncDispose]();
});

test(
  "a run has the packages that it asks for, made once, beside those of all services; others do not",
  async () => {
    const first = await run({ uv: [WHEEL], env_vars: { MARK: "mine" } });
    const mine = { mark: "mine", word: `made for ${flows.services}`, where: true, numpy: true };
    expect(found(first)).toEqual(mine);
    expect(of(first, "agent").join()).toMatch(/Prepares packages: tinypack/);
    const again = await run({ pip: { packages: [WHEEL] }, env_vars: { MARK: "mine" } });
    expect(found(again)).toEqual(mine);
    expect(of(again, "agent").join()).not.toMatch(/Prepares/);
    expect(found(await run({ env_vars: { MARK: "other" } }))).toEqual({
      mark: "other",
      word: null,
      numpy: true,
    });
  },
  SETUP_MS,
);

test(
  "a wheel that has changed is another environment",
  async () => {
    writeWheel(flows.services, `changed for ${flows.services}`);
    const running = run({ pip: [WHEEL] });
    // Pages tell what is made meanwhile, and how far it is.
    const preparing = async () => (await ada.get("/preparing")).body;
    await expect
      .poll(preparing, { interval: 20, timeout: 10_000 })
      .toEqual({ message: expect.stringContaining(WHEEL), fraction: expect.any(Number) });
    expect(found(await running).word).toBe(`changed for ${flows.services}`);
    expect(await preparing()).toEqual({ message: null, fraction: null });
  },
  SETUP_MS,
);

test(
  "a service has its packages for forms and runs alike",
  async () => {
    expect((await ada.get("/expose/whole")).body).toMatchObject({ state: "UNHEALTHY" });
    const { body } = await ada.get("/expose/whole");
    const bootstrap = JSON.stringify({
      import_path: "whole:app",
      runtime_env: { working_dir: flows.services, uv: [WHEEL] },
    });
    expect((await ada.post("/expose", { ...body, bootstrap })).status).toBeLessThan(300);
    const fid = await ada.launch("/-/whole/");
    const told = await ada.events(`/outputs/stream/${fid}`);
    expect(of(told, "error")).toEqual([]);
    expect(of(told, "final").join()).toContain("changed for");
  },
  SETUP_MS,
);

test(
  "what cannot be had is said: a wheel that is not there, another's version, what uv would take for something else",
  async () => {
    for (const [packages, why] of [
      [["none.whl"], /The wheel none.whl is not in the service's folder/],
      [["numpy<1"], /cannot be (installed|fetched)/],
    ] as const)
      expect(of(await run({ pip: packages }), "error").join()).toMatch(why);
    for (const bad of [
      "-r /etc/passwd",
      "--index-url=x",
      "x @ file:///etc",
      "git+https://x/y",
      "/etc/x.whl",
      "a\nb",
    ]) {
      const refused = await ada.post("/-/needing/", { env: JSON.stringify({ pip: [bad] }) });
      expect([bad, refused.status, refused.body?.detail]).toEqual([
        ...[bad, 503],
        expect.stringMatching(/runtime_env.pip/),
      ]);
    }
    expect(of(await run({ pip: ["../x.whl"].map((one) => `wheels/../${one}`) }), "error").join()).toMatch(
      /not in the service's folder/,
    );
  },
  SETUP_MS,
);
