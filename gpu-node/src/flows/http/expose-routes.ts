/** `/expose`: which services there are, for operators. */
import * as v from "valibot";
import { BootstrapError, readBootstrap } from "../services/bootstrap.ts";
import { EXPOSE_NAME, type Expose } from "../services/exposes.ts";
import type { Services } from "../services/services.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { type FlowsRoutes, mustOperate, readBody } from "./router.ts";

const Text = v.nullish(v.pipe(v.string(), v.maxLength(64 * 1024)));
const Settings = v.object({
  name: v.pipe(
    v.string(),
    v.toLowerCase(),
    v.trim(),
    v.regex(EXPOSE_NAME, "it has letters, digits, - and _, begins with a letter or digit, at most 64"),
  ),
  display: Text,
  network: Text,
  enabled: v.optional(v.boolean(), true),
  bootstrap: Text,
  etag: v.nullish(v.string()),
});

function shown({ flows, state, why, heartbeat, ...expose }: Expose) {
  const meta = flows.map(({ path, ...data }) => ({
    ...{ url: `/-/${expose.name}${path}`, data, enabled: true },
    ...{ state: state === "RUNNING" ? "alive" : "dead", heartbeat },
  }));
  return { ...expose, state, why, meta };
}

/** The routes. */
export function exposeRoutes(services: Services): FlowsRoutes {
  const { exposes } = services;
  const known = (name: string): Expose => {
    const expose = exposes.find(name);
    if (!expose) throw notFound(`The service ${JSON.stringify(name.slice(0, 100))}`);
    return expose;
  };
  return (router) => {
    router.use("/expose/*", async (c, next) => {
      mustOperate(c.get("person"));
      await next();
    });
    router.get("/expose", (c) => c.json(exposes.list().map(shown)));
    router.post("/expose", async (c) => {
      const { etag, display, network, bootstrap, ...rest } = await readBody(c.req.raw, Settings);
      if (bootstrap?.trim()) checked(bootstrap);
      const there = exposes.find(rest.name);
      const settings = {
        ...rest,
        display: display ?? null,
        network: network ?? null,
        bootstrap: bootstrap ?? null,
      };
      const written = exposes.put(settings, etag ?? undefined);
      if (!written)
        throw new FlowsHttpError(
          409,
          there
            ? `The service ${rest.name} has been changed meanwhile: read it again, and send its etag.`
            : `The service ${rest.name} is not there any more.`,
        );
      if (there) services.changed(there);
      return c.json(shown(written), 201);
    });
    router.post("/expose/health", async (c) => {
      const enabled = exposes.list().filter(({ enabled }) => enabled);
      await Promise.all(enabled.map(({ name }) => services.look(name)));
      return c.json(exposes.list().map(shown));
    });
    router.get("/expose/:name", (c) => c.json(shown(known(c.req.param("name")))));
    router.delete("/expose/:name", (c) => {
      const expose = known(c.req.param("name"));
      exposes.remove(expose.name);
      services.stop(expose);
      return c.body(null, 204);
    });
  };
}

function checked(bootstrap: string): void {
  try {
    readBootstrap(bootstrap);
  } catch (cause) {
    if (cause instanceof BootstrapError) throw new FlowsHttpError(400, cause.message);
    throw cause;
  }
}
