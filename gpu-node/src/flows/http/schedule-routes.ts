/** `/schedule`: forms that the clock hands in, each person's own. */
import * as v from "valibot";
import type { Person } from "../../trainer/http/person.ts";
import type { Launcher } from "../launching/launcher.ts";
import type { ScheduleClock } from "../schedules/clock.ts";
import {
  type Schedule,
  ScheduleError,
  type Schedules,
  type ScheduleWish,
  timesOf,
} from "../schedules/schedules.ts";
import type { Allowed } from "../webhooks/addresses.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { retriesOf, webhookOf } from "./launch-options.ts";
import { type FlowsRoutes, readBody } from "./router.ts";

const MAX_FIELDS = 64 * 1024;
const Fields = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((fields) => JSON.stringify(fields).length <= MAX_FIELDS, "they are too long to be kept"),
);
const Wish = v.object({
  flow: v.pipe(v.string(), v.maxLength(500), v.startsWith("/-/")),
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(120)), ""),
  fields: v.optional(Fields, {}),
  cron: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  timezone: v.optional(v.pipe(v.string(), v.maxLength(64)), "UTC"),
  enabled: v.optional(v.boolean(), true),
  retries: v.optional(v.nullable(v.number())),
  webhook: v.optional(v.nullable(v.string())),
});
const Times = v.object({
  cron: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  timezone: v.optional(v.pipe(v.string(), v.maxLength(64)), "UTC"),
});
/** Times that are told before one is kept. */
const PREVIEW = 3;
/** What is typed as a secret is not kept; files are there once. */
const UNKEPT = new Set(["password", "file"]);

function shown({ user: _, nextAt, lastAt, lastRun, ...rest }: Schedule) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { ...rest, next: iso(nextAt), last: iso(lastAt), last_run: lastRun };
}

/** The routes. */
export function scheduleRoutes(
  schedules: Schedules,
  clock: ScheduleClock,
  launcher: Launcher,
  allowed: Allowed,
): FlowsRoutes {
  const read = async (request: Request, person: Person): Promise<ScheduleWish> => {
    const { retries, webhook, ...wish } = await readBody(request, Wish);
    const flow = await launcher.find(wish.flow);
    const { elements } = await launcher.form(flow, person);
    const unkept = elements.find(({ name, type, required }) => {
      const value = name ? wish.fields[name] : undefined;
      return UNKEPT.has(type) && (required || (value !== undefined && value !== ""));
    });
    if (unkept)
      throw new FlowsHttpError(
        400,
        `fields: ${unkept.label ?? unkept.name} cannot be kept, as it is ${unkept.type === "file" ? "a file" : "a password"}: this form is handed in by hand.`,
      );
    return {
      ...wish,
      flow: flow.url,
      name: wish.name || flow.summary,
      retries: retriesOf(retries ?? undefined),
      webhook: webhookOf(webhook ?? undefined, allowed) ?? null,
    };
  };
  const said = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof ScheduleError) throw new FlowsHttpError(400, cause.message);
      throw cause;
    }
  };
  const known = (user: string, id: string): Schedule => {
    const schedule = schedules.find(user, id);
    if (!schedule) throw notFound(`The schedule ${JSON.stringify(id.slice(0, 100))}`);
    return schedule;
  };
  return (router) => {
    router.get("/schedule", (c) => c.json(schedules.list(c.get("person").id).map(shown)));
    router.post("/schedule/times", async (c) => {
      const { cron, timezone } = await readBody(c.req.raw, Times);
      return c.json({
        times: said(() => timesOf(cron, timezone, PREVIEW)).map((time) => time.toISOString()),
      });
    });
    router.post("/schedule", async (c) => {
      const person = c.get("person");
      const wish = await read(c.req.raw, person);
      const made = said(() => schedules.put(person.id, wish));
      clock.look();
      return c.json(shown(made), 201);
    });
    router.get("/schedule/:id", (c) => c.json(shown(known(c.get("person").id, c.req.param("id")))));
    router.put("/schedule/:id", async (c) => {
      const person = c.get("person");
      const { id } = known(person.id, c.req.param("id"));
      const wish = await read(c.req.raw, person);
      const made = said(() => schedules.put(person.id, wish, id));
      clock.look();
      return c.json(shown(made));
    });
    router.delete("/schedule/:id", (c) => {
      const { user, id } = known(c.get("person").id, c.req.param("id"));
      schedules.remove(user, id);
      return c.body(null, 204);
    });
  };
}
