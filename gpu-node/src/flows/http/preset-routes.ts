/** `/preset`: values of forms that a person keeps. What is typed as a password is not kept, nor files. */
import * as v from "valibot";
import type { Launcher } from "../launching/launcher.ts";
import { PresetError, type Presets } from "../presets/presets.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { type FlowsRoutes, readBody } from "./router.ts";

const MAX_VALUES = 64 * 1024;
const UNKEPT = new Set(["password", "file", "hidden", "action"]);
const Kept = v.object({
  flow: v.pipe(v.string(), v.maxLength(500), v.startsWith("/-/")),
  name: v.pipe(v.string(), v.trim(), v.minLength(1, "a preset has a name"), v.maxLength(80)),
  values: v.record(v.string(), v.unknown()),
});

/** The routes. */
export function presetRoutes(presets: Presets, launcher: Launcher): FlowsRoutes {
  return (router) => {
    router.get("/preset", async (c) => {
      const flow = await launcher.find(c.req.query("flow") ?? "");
      return c.json(presets.list(c.get("person").id, flow.url));
    });
    router.put("/preset", async (c) => {
      const person = c.get("person");
      const { flow: url, name, values } = await readBody(c.req.raw, Kept);
      const flow = await launcher.find(url);
      const { elements } = await launcher.form(flow, person);
      const keep = new Set(elements.flatMap((one) => (one.name && !UNKEPT.has(one.type) ? [one.name] : [])));
      const kept = Object.fromEntries(Object.entries(values).filter(([field]) => keep.has(field)));
      if (JSON.stringify(kept).length > MAX_VALUES)
        throw new FlowsHttpError(400, `values: they are longer than ${MAX_VALUES} characters.`);
      try {
        presets.put(person.id, flow.url, { name, values: kept });
      } catch (cause) {
        if (cause instanceof PresetError) throw new FlowsHttpError(400, cause.message);
        throw cause;
      }
      return c.json({ name, values: kept });
    });
    router.delete("/preset", async (c) => {
      const { flow = "", name = "" } = c.req.query();
      if (!presets.remove(c.get("person").id, flow, name))
        throw notFound(`The preset ${JSON.stringify(name.slice(0, 80))}`);
      return c.body(null, 204);
    });
  };
}
