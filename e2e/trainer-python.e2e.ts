/** `eyepiece.trainer` from Python: plain Python beside a node, and code of a notebook in one. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { Environments } from "../gpu-node/src/kernels/environment/environments.ts";
import { EXAMPLES, putTiny } from "../gpu-node/src/trainer/testing/trainer.ts";
import { expect, test } from "./fixtures.ts";
import { eyepiece, freePort, ROOT } from "./stack.ts";

const ENVIRONMENTS = join(ROOT, "node_modules/.cache/eyepiece/environments");

/** Runs Python as a person does who has installed the package. @returns what it printed */
async function python(code: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { python: executable } = await new Environments(ENVIRONMENTS).ensure("python3");
  const child = spawn(executable, ["-c", code], {
    env: {
      ...process.env,
      ...{ EYEPIECE_COMMAND: `${process.execPath} ${join(ROOT, "bin/main.ts")}` },
      ...{ EYEPIECE_ENVIRONMENTS: ENVIRONMENTS, OMP_NUM_THREADS: "1", ...env },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const code_ = await new Promise((done) => child.once("close", done));
  expect(code_, said).toBe(0);
  return said;
}

test("plain Python starts a node, trains, asks what came of it, and ends what it started", async () => {
  test.setTimeout(SETUP_MS + 300_000);
  const home = mkdtempSync(join(tmpdir(), "eyepiece-python-"));
  try {
    await putTiny(join(home, "node", "models"));
    const data = join(home, "sums.jsonl");
    writeFileSync(data, EXAMPLES.supervised);
    const page = await freePort();
    const said = await python(
      `
import json, os, urllib.request
from eyepiece import trainer
from eyepiece.trainer import _places

_places.PAGE_PORT = ${page}
print("BEFORE", trainer.status()["running"])
one = trainer.init(home=${JSON.stringify(home)}, gpu_ids=[1], storage_path=${JSON.stringify(join(home, "big"))})
print("ONE", one.started, one.environment, one.gpus)
assert one.api_key not in repr(one) + str(one) + repr(trainer.status())
client = trainer.get_client()
file = client.files.create(file=open(${JSON.stringify(data)}, "rb"), purpose="fine-tune")
method = {"type": "supervised", "supervised": {"hyperparameters": {"max_steps": 6, "save_steps": 6, "lora": True}}}
job = client.fine_tuning.jobs.create(model="tiny", training_file=file.id, method=method)
done = trainer.watch_job(job.id, every=0.2)
print("JOB", done["status"], [event.message for event in client.fine_tuning.jobs.list_events(job.id)])
answer = client.chat.completions.create(
    model=done["fine_tuned_model"], messages=[{"role": "user", "content": "1+1?"}], max_tokens=4)
print("ANSWER", answer.usage.completion_tokens)
# As a client that sends no key.
request = urllib.request.Request(one.base_url_with_key + "chat/kill", method="POST")
print("KEYLESS", urllib.request.urlopen(request).status)
assert trainer.init() is one
status = trainer.status()
print("STATUS", status["running"], status["jobs"])
import subprocess, sys
other = subprocess.run([sys.executable, "-c", """
from eyepiece import trainer
found = trainer.init(home=%r)
print("OTHER", found.started, found.base_url == %r, trainer.shutdown(), found._api().get("models")["object"])
try:
    trainer.init(home=%r, gpu_ids=[0])
except trainer.TrainerError as error:
    print("REFUSED", error)
""" % (${JSON.stringify(home)}, one.base_url, ${JSON.stringify(home)})], capture_output=True, text=True)
print(other.stdout, other.stderr)
print("PID", one._process.pid)
print("ENDED", trainer.shutdown(), trainer.shutdown())
`,
      { EYEPIECE_FAKE_GPUS: "2" },
    );
    expect(said).toContain("BEFORE False");
    expect(said).toContain("ONE True python [0, 1]");
    // Of two GPUs the one that the settings name, although the other is free.
    expect(said).toMatch(/JOB succeeded .*It runs on fake-1\./);
    expect(said).toMatch(/ANSWER [1-4]/);
    expect(said).toContain("KEYLESS 200");
    expect(said).toMatch(/STATUS True \{.*'succeeded': 1/);
    // Found, used, and left alone.
    expect(said).toContain("OTHER False True False list");
    expect(said).toMatch(/REFUSED .*runs already .* stop it first/);
    expect(said).toContain("ENDED True False");
    // The bar and the loss.
    expect(said).toMatch(/6\/6 .*loss \d/);
    expect(existsSync(`/proc/${/PID (\d+)/.exec(said)?.[1]}`)).toBe(false);
    expect(existsSync(join(home, "node", "trainer.json"))).toBe(false);
    // Where the settings say, and its key in none of the logs.
    expect(existsSync(join(home, "big", "jobs", "jobs.sqlite"))).toBe(true);
    const key = readFileSync(join(home, "trainer-key"), "utf8").trim();
    expect(statSync(join(home, "trainer-key")).mode & 0o777).toBe(0o600);
    for (const log of ["eyepiece.log", "trainer-serve.log"])
      expect(readFileSync(join(home, log), "utf8")).not.toContain(key);
    expect(said).not.toContain(key);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test("code of a notebook finds its own node, in its owner's name, and shows no key", async ({
  page,
  stack,
}) => {
  test.setTimeout(SETUP_MS + 120_000);
  page.setDefaultTimeout(30_000);
  await putTiny(join(stack.home, "node", "models"));
  const source = [
    "from eyepiece import trainer",
    "one = trainer.init()",
    "client = trainer.get_client()",
    `file = client.files.create(file=("sums.jsonl", ${JSON.stringify(EXAMPLES.supervised)}.encode()), purpose="fine-tune")`,
    'method = {"type": "supervised", "supervised": {"hyperparameters": {"max_steps": 5, "save_steps": 5}}}',
    'job = client.fine_tuning.jobs.create(model="tiny", training_file=file.id, method=method)',
    'print("WATCHED", trainer.watch_job(job.id, every=0.2)["status"])',
    'print("FOUND", one.environment, len(list(client.files.list())), trainer.status()["running"], trainer.shutdown())',
    "one",
  ].join("\n");
  const cell = { cell_type: "code", id: "ask", metadata: {}, source, outputs: [], execution_count: null };
  const answer = await page.request.post(`${stack.url}/api/ipynb/import?name=Trainer`, {
    data: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] },
    headers: { origin: stack.url },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${stack.url}/notebook/${id}`);
  await page.getByRole("button", { name: "Run all cells" }).click();
  const outputs = async () => {
    const now = await page.request.get(`${stack.url}/api/notebooks/${id}/export`);
    return JSON.stringify(
      ((await now.json()) as { cells: { outputs: unknown[] }[] }).cells[0]?.outputs ?? [],
    );
  };
  await expect.poll(outputs, { timeout: SETUP_MS, intervals: [500] }).toContain("Trainer(base_url=");
  const said = await outputs();
  expect(said).toContain("FOUND eyepiece 1 True False");
  expect(said).toContain("WATCHED succeeded");
  // Its curve, drawn in the place of the one before.
  expect(said).toContain("loss over steps 1 to 5");
  expect(said.match(/<svg/g)).toHaveLength(1);
  expect(said).not.toContain("kernel-");
  expect(said).not.toContain("error");
});

test("settings that cannot be obeyed keep it from starting, and are named", async () => {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-settings-"));
  try {
    const file = join(home, "arbor.yaml");
    writeFileSync(file, "gpus: [0]\n");
    const unknown = await eyepiece(["trainer", "serve", "--arbor-config", file, "--home", home]);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringMatching(/arbor\.yaml .* the setting gpus/),
    ]);
    writeFileSync(file, "gpu_ids: [3]\n");
    const port = String(await freePort());
    const missing = await eyepiece(
      ["trainer", "serve", "--arbor-config", file, "--home", home, "--page-port", port, "--port", "0"],
      { ARBOR_MOCK_GPU: "1" },
    );
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringMatching(/GPU 3 for training, and this machine has only 0/),
    ]);
    expect((await eyepiece(["trainer", "dance"])).stderr).toMatch(/Use: eyepiece trainer serve/);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
