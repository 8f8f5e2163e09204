/** `/exchange`: all services as one JSON, out and in, for operators. What was there is kept in a file first. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { BootstrapError, readBootstrap } from "../services/bootstrap.ts";
import { EXPOSE_NAME, type Expose } from "../services/exposes.ts";
import type { Services } from "../services/services.ts";
import { FlowsHttpError } from "./errors.ts";
import { type FlowsRoutes, mustOperate, readBody } from "./router.ts";

const VERSION = "1.0";
const MAX_EXPOSES = 1000;
/** Copies that are kept. */
const MAX_BACKUPS = 20;
const BACKUP = /^exposes-\d{8}T\d{9}\.json$/;

const Text = v.nullish(v.pipe(v.string(), v.maxLength(64 * 1024)));
const Item = v.object({
  name: v.pipe(v.string(), v.toLowerCase(), v.trim(), v.regex(EXPOSE_NAME, "is no name of a service")),
  display: Text,
  network: Text,
  // SQLite's way to say it is in files of Kodosumi.
  enabled: v.optional(v.union([v.boolean(), v.picklist([0, 1])]), true),
  bootstrap: Text,
});
const Given = v.object({
  version: v.optional(v.string()),
  exposes: v.pipe(v.array(v.unknown()), v.maxLength(MAX_EXPOSES, `${MAX_EXPOSES} services are the most`)),
});

/** The routes. @param folder of the copies */
export function exchangeRoutes(services: Services, folder: string): FlowsRoutes {
  const { exposes } = services;
  const exported = () => {
    const all = exposes.list().map(shown);
    return { version: VERSION, exported_at: Date.now() / 1000, count: all.length, exposes: all };
  };
  return (router) => {
    router.use("/exchange/*", async (c, next) => {
      mustOperate(c.get("person"));
      await next();
    });
    router.get("/exchange/export", (c) => c.json(exported()));
    router.post("/exchange/import", async (c) => {
      const given = await readBody(c.req.raw, Given);
      if (given.version !== undefined && given.version !== VERSION)
        throw new FlowsHttpError(
          400,
          `version: this node reads ${VERSION}, and the file says ${given.version.slice(0, 20)}.`,
        );
      const backup = keep(folder, JSON.stringify(exported(), undefined, 1));
      const errors: string[] = [];
      let imported = 0;
      for (const [index, one] of given.exposes.entries()) {
        const why = put(services, one);
        if (why === undefined) imported += 1;
        else errors.push(`${nameOf(one) ?? `the service at ${index}`}: ${why}`);
      }
      return c.json({ imported, errors, backup });
    });
  };
}

function shown({ name, display, network, enabled, bootstrap, state, heartbeat, flows }: Expose) {
  const meta = flows.map(({ path, ...data }) => ({ url: `/-/${name}${path}`, data }));
  return { name, display, network, enabled, bootstrap, state, heartbeat, meta };
}

/** Writes one of them. @returns why not */
function put(services: Services, given: unknown): string | undefined {
  const read = v.safeParse(Item, given);
  if (!read.success) {
    const [issue] = read.issues;
    return `${v.getDotPath(issue) ?? "it"} ${issue.message}`;
  }
  const { name, display = null, network = null, enabled, bootstrap = null } = read.output;
  try {
    if (bootstrap?.trim()) readBootstrap(bootstrap);
  } catch (cause) {
    if (cause instanceof BootstrapError) return cause.message;
    throw cause;
  }
  const there = services.exposes.find(name);
  services.exposes.put({ name, display, network, enabled: Boolean(enabled), bootstrap }, "*");
  if (there) services.changed(there);
  return undefined;
}

/** Keeps a copy, and not too many. @returns its path */
function keep(folder: string, text: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `exposes-${new Date().toISOString().replaceAll(/[-:.Z]/g, "")}.json`;
  writeFileSync(join(folder, name), text, { mode: 0o600 });
  const all = readdirSync(folder)
    .filter((one) => BACKUP.test(one))
    .sort();
  for (const old of all.slice(0, -MAX_BACKUPS)) rmSync(join(folder, old), { force: true });
  return join(folder, name);
}

function nameOf(given: unknown): string | undefined {
  const name = (given as { name?: unknown } | null)?.name;
  return typeof name === "string" ? name.slice(0, 100) : undefined;
}
