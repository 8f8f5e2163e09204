import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { reach, until } from "../../jobs/testing/jobs.ts";
import { EXAMPLES, JOB_MS, SETUP_MS, TestTrainer } from "../testing/trainer.ts";

const node = new TestTrainer();
let file: string;
let bob: string;

beforeAll(async () => {
  await node.start();
  file = await node.upload(EXAMPLES.supervised);
  bob = await node.world.newcomer("bob");
}, SETUP_MS);
afterAll(() => node.end());

async function submit(hyperparameters: object): Promise<string> {
  const method = {
    type: "supervised",
    supervised: { hyperparameters: { max_length: 64, ...hyperparameters } },
  };
  const { body } = await node.ask("POST /fine_tuning/jobs", { model: "tiny", training_file: file, method });
  return body.id;
}
const text = async (path: string, key?: string) =>
  (
    await node.world.ask(
      node.world.relay.url,
      path,
      key ? { headers: { authorization: `Bearer ${key}` } } : {},
    )
  ).text();

describe("the machine", () => {
  test("is told at both addresses, without names of anybody", async () => {
    for (const base of ["/monitor", "/v1/monitor"]) {
      expect(JSON.parse(await text(`${base}/health`))).toMatchObject({
        status: expect.stringMatching(/^(healthy|degraded)$/),
      });
      const system = JSON.parse(await text(`${base}/system`));
      expect(system.memory.total).toBeGreaterThan(system.memory.free);
      expect(system.gpus).toMatchObject([{ id: "cpu", exclusive: false }]);
    }
    const { body } = await node.ask("GET /monitor/health/detailed");
    expect(Object.keys(body.jobs)).toContain("pending_resume");
    for (const name of ["metrics", "dashboard"])
      expect((await node.ask(`GET /monitor/${name}`)).status).toBe(200);
  });
});

describe("a job", () => {
  test(
    "its curve, its log as it comes, and the socket tell the same story",
    async () => {
      const { jobs } = node.trainer;
      const headers = { authorization: `Bearer ${node.world.relay.apiToken}` };
      const socket = new WebSocket(`${node.world.relay.url.replace("http", "ws")}/v1/monitor/live`, {
        headers,
      });
      // biome-ignore lint/suspicious/noExplicitAny: what the socket says is what is looked at
      const said: any[] = [];
      socket.on("message", (data) => said.push(JSON.parse(data.toString())));
      await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
      const id = await submit({ max_steps: 20, batch_size: 2 });
      await until(jobs, id, ({ kind }) => kind === "metrics");
      // Asked for in the middle, it ends with the job.
      const log = await text(`/monitor/jobs/${id}/logs?follow`);
      await reach(jobs, id, "succeeded");
      expect(log).toBe(jobs.output(id, 0, 1024 ** 2).bytes.toString());
      expect(log).toContain("train_runtime");
      expect(await text(`/v1/monitor/jobs/${id}/logs?tail=10`)).toBe(log.slice(-10));
      const { body } = await node.ask(`GET /monitor/jobs/${id}/metrics`);
      expect(body.metrics.loss.map(({ step }: { step: number }) => step)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
      const seen = () =>
        said.filter(({ type }) => type === "job").map(({ job }) => [job.id, job.status, job.progress?.step]);
      await expect.poll(() => seen().at(-1)).toEqual([id, "succeeded", 20]);
      expect(said.some(({ type, system }) => type === "system" && system.memory.total > 0)).toBe(true);
      // Of files it tells when there is another, and when one is gone.
      const told = () => said.filter(({ type }) => type === "files").length;
      expect(told()).toBe(1);
      const second = await node.upload(EXAMPLES.dpo);
      await expect.poll(told).toBe(2);
      await node.ask(`DELETE /files/${second}`);
      await expect.poll(told).toBe(3);
      socket.close();
      expect((await node.ask(`GET /monitor/jobs/${id}`)).body).toMatchObject({
        id,
        status: "succeeded",
        progress: { step: 20 },
      });
      for (const below of ["", "/metrics", "/logs"])
        expect((await node.ask(`GET /monitor/jobs/${id}${below}`, undefined, bob)).status, below).toBe(404);
      expect((await node.ask("GET /monitor/dashboard", undefined, bob)).body.jobs).toEqual([]);
    },
    JOB_MS,
  );

  test(
    "that failed is among its owner's errors",
    async () => {
      const id = await submit({ max_steps: 2, lr_scheduler_type: "no_such_schedule" });
      const { reason } = await reach(node.trainer.jobs, id, "failed");
      expect(reason).toContain("no_such_schedule");
      const { body } = await node.ask("GET /monitor/errors");
      expect(body.data[0]).toMatchObject({ job_id: id, message: reason });
      expect((await node.ask("GET /monitor/errors/summary")).body).toEqual({
        total: 1,
        by_reason: [{ reason, count: 1 }],
      });
      expect((await node.ask("GET /monitor/errors", undefined, bob)).body.data).toEqual([]);
    },
    JOB_MS,
  );
});
