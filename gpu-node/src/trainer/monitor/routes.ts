/** Arbor's `/monitor`: how the node and a person's jobs are. */
import * as v from "valibot";
import type { Entry, Job, Json } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { JOB_STATES } from "../../jobs/states.ts";
import type { GpuLedger } from "../../sessions/ledger.ts";
import { Count } from "../files/routes.ts";
import type { FileStore } from "../files/store.ts";
import { ONLINE, TUNING } from "../fine-tuning/fine-tuned.ts";
import { jobJson } from "../fine-tuning/json.ts";
import type { Person } from "../http/person.ts";
import { readQuery, type TrainerRoutes } from "../http/router.ts";
import { jobOf } from "../jobs-of.ts";
import { liveSocket } from "./live.ts";
import { logStream } from "./logs.ts";
import { queueOf } from "./queue.ts";
import { healthOf, systemFacts } from "./system.ts";

const KINDS = [TUNING, ONLINE];
/** Jobs that are looked at for counts and errors. */
const RECENT = 200;
const LIVE = 50;
/** What says no to `follow`; the word alone says yes. */
const NO = ["0", "false", "no"];

const LogQuery = v.object({
  follow: v.optional(v.string()),
  /** The last so many bytes; all without it. */
  tail: v.optional(Count(1, 1_000_000_000)),
});
const ErrorQuery = v.object({ limit: v.optional(Count(1, 1000), "50") });

/** The routes. */
export const monitorRoutes =
  (jobs: JobManager, files: FileStore, ledger: GpuLedger, home: string): TrainerRoutes =>
  (router) => {
    const find = (person: Person, id: string): Job => jobOf(jobs, person, id, KINDS);
    const recent = (person: string, limit = RECENT): Job[] => jobs.list({ person, limit });
    const counts = (person: Person) => {
      const states = recent(person.id).map(({ state }) => state);
      return Object.fromEntries(
        JOB_STATES.map((state) => [state, states.filter((one) => one === state).length]),
      );
    };
    const system = () => systemFacts(home, ledger);

    router.get("/health", async (c) => c.json(healthOf(await system())));
    router.get("/health/detailed", async (c) => {
      const facts = await system();
      return c.json({ ...healthOf(facts), system: facts, jobs: counts(c.get("person")) });
    });
    router.get("/queue", (c) => c.json(queueOf(jobs, ledger, c.get("person").id)));
    router.get("/system", async (c) => c.json(await system()));
    router.get("/metrics", async (c) => c.json({ jobs: counts(c.get("person")), system: await system() }));
    router.get("/dashboard", async (c) => {
      const person = c.get("person");
      const list = recent(person.id, LIVE).map((job) => progressJson(jobs, job));
      return c.json({ ...healthOf(await system()), counts: counts(person), jobs: list });
    });

    router.get("/errors", (c) => {
      const { limit } = readQuery(c.req.raw, ErrorQuery);
      const all = recent(c.get("person").id).flatMap((job) => errorsOf(jobs, job));
      all.sort((a, b) => b.atMs - a.atMs);
      const data = all.slice(0, limit).map(({ atMs, ...error }) => ({
        ...error,
        created_at: Math.floor(atMs / 1000),
      }));
      return c.json({ object: "list", data, has_more: all.length > limit });
    });
    router.get("/errors/summary", (c) => {
      const failed = recent(c.get("person").id).filter(({ state }) => state === "failed");
      const reasons = new Map<string, number>();
      for (const { reason } of failed) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      const by_reason = [...reasons]
        .sort((a, b) => b[1] - a[1])
        .map(([reason, count]) => ({ reason, count }));
      return c.json({ total: failed.length, by_reason });
    });

    router.get("/jobs/:id", (c) => c.json(progressJson(jobs, find(c.get("person"), c.req.param("id")))));
    router.get("/jobs/:id/metrics", (c) => {
      const { id } = find(c.get("person"), c.req.param("id"));
      const curves: Record<string, { step: number; value: number | null }[]> = {};
      for (const { step, name, value } of jobs.metrics(id)) {
        curves[name] ??= [];
        // JSON has no word for what is no number.
        curves[name].push({ step, value: Number.isFinite(value) ? value : null });
      }
      return c.json({ job_id: id, metrics: curves });
    });
    router.get("/jobs/:id/logs", (c) => {
      const { follow, tail } = readQuery(c.req.raw, LogQuery);
      const { id } = find(c.get("person"), c.req.param("id"));
      const following = follow !== undefined && !NO.includes(follow);
      // A negative offset counts from the end, and none is all.
      const from = tail === undefined ? 0 : -tail;
      const stream = logStream(jobs, id, from, following);
      const headers = { "content-type": "text/plain; charset=utf-8", "x-accel-buffering": "no" };
      return new Response(stream, { headers });
    });

    router.get(
      "/live",
      liveSocket({
        jobs: (person) => recent(person, LIVE).map((job) => progressJson(jobs, job)),
        files: (person) => files.marker(person),
        queue: (person) => queueOf(jobs, ledger, person),
        system,
      }),
    );
  };

/** A job with how far it is. */
function progressJson(jobs: JobManager, job: Job): Record<string, Json> {
  const [last] = jobs.latest(job.id, { kinds: ["metrics"], limit: 1 });
  const progress = last?.kind === "metrics" ? { step: last.step, ...last.values } : null;
  return {
    ...(KINDS.includes(job.kind) ? jobJson(jobs, job) : { id: job.id, status: job.state }),
    kind: job.kind,
    progress,
  };
}

function errorsOf(jobs: JobManager, job: Job) {
  const about = { job_id: job.id, kind: job.kind };
  const told = jobs
    .latest(job.id, { kinds: ["event"], limit: 100 })
    .filter((entry): entry is Entry & { kind: "event" } => entry.kind === "event" && entry.level === "error")
    .map(({ atMs, message }) => ({ ...about, atMs, message }));
  return job.state === "failed"
    ? [{ ...about, atMs: job.endedMs ?? job.createdMs, message: job.reason }, ...told]
    : told;
}
