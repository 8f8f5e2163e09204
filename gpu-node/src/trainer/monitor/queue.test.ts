/** The line and the GPUs as each person sees them: a real manager, programs that wait, GPUs for scheduling. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { reach, TestJobs, until } from "../../jobs/testing/jobs.ts";
import { queueOf } from "./queue.ts";

let jobs: TestJobs;
beforeEach(() => {
  jobs = new TestJobs(2);
});
afterEach(() => jobs.end());

test("positions and reasons are told to whom they concern, and nobody's name to others", async () => {
  const manager = await jobs.open({ sandbox: false, limits: { withoutGpu: 1 } });
  const submit = (person: string, gpus: number) =>
    manager.submit({ person, kind: "shell", params: "sleep 1000", gpus }).id;
  const holds = submit("ada", 2);
  await reach(manager, holds, "running");
  const wants = submit("bob", 1);
  const after = submit("ada", 1);
  const cpu = submit("bob", 0);
  await reach(manager, cpu, "running");
  const waitsToo = submit("ada", 0);
  await until(manager, waitsToo, (entry) => entry.kind === "state" && entry.to === "queued");
  const ada = queueOf(manager, jobs.ledger, "ada");
  const bob = queueOf(manager, jobs.ledger, "bob");
  expect(ada.waiting).toBe(3);
  expect(bob.mine).toEqual([
    { job_id: wants, position: 1, why: "It has its turn and waits until a GPU is free." },
  ]);
  expect(ada.mine).toEqual([
    { job_id: after, position: 2, why: "Another job has its turn, and collects GPUs." },
    { job_id: waitsToo, position: 3, why: "One job without a GPU runs, as many as may at once." },
  ]);
  expect(ada.gpus.map(({ id, fake, held }) => [id, fake, held])).toEqual(
    jobs.devices.map((id) => [
      id,
      true,
      [{ use: "training", bytes: expect.any(Number), exclusive: true, job_id: holds }],
    ]),
  );
  const text = JSON.stringify(bob);
  for (const secret of [holds, after, waitsToo, "ada"]) expect(text).not.toContain(secret);
  manager.cancel(holds);
  await reach(manager, wants, "running");
  await expect.poll(() => queueOf(manager, jobs.ledger, "bob").mine).toEqual([]);
});

test("who may run no more is told so, and the line is empty where nobody waits", async () => {
  const manager = await jobs.open({ sandbox: false, limits: { runningPerPerson: 1 } });
  expect(queueOf(manager, jobs.ledger, "ada")).toMatchObject({ waiting: 0, mine: [] });
  const submit = () => manager.submit({ person: "ada", kind: "shell", params: "sleep 1000", gpus: 1 }).id;
  await reach(manager, submit(), "running");
  const second = submit();
  await until(manager, second, (entry) => entry.kind === "state" && entry.to === "queued");
  expect(queueOf(manager, jobs.ledger, "ada").mine).toEqual([
    { job_id: second, position: 1, why: "One of your jobs runs, as many as may at once." },
  ]);
});
