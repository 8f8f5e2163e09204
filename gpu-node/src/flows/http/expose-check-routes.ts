/** `/expose/check`: what is wrong with a service's settings and where, for who writes them. */
import * as v from "valibot";
import { type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { BootstrapError, readBootstrap } from "../services/bootstrap.ts";
import { type FlowsRoutes, mustOperate, readBody } from "./router.ts";

const Asked = v.object({ bootstrap: v.pipe(v.string(), v.maxLength(64 * 1024)) });
const MAX_PROBLEMS = 50;

/** Something wrong; `from` and `to` are UTF-16 offsets, `line` counts from 1. */
interface Problem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** The routes. */
export function exposeCheckRoutes(): FlowsRoutes {
  return (router) => {
    router.post("/expose/check", async (c) => {
      mustOperate(c.get("person"));
      const { bootstrap } = await readBody(c.req.raw, Asked);
      return c.json({ errors: problemsOf(bootstrap) });
    });
  };
}

/** What keeps settings from being taken; none for settings that are empty: a service may be a draft. */
export function problemsOf(text: string): Problem[] {
  if (text.trim() === "") return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (message: string, [from, to]: readonly [number, number]): Problem => ({
    ...{ message, from: Math.min(from, text.length), to: Math.min(Math.max(from, to), text.length) },
    line: lines.linePos(from).line,
  });
  if (document.errors.length > 0)
    return document.errors
      .slice(0, MAX_PROBLEMS)
      .map(({ message, pos }) => at(message.split("\n")[0]?.replace(/ at line .*$/, "") ?? message, pos));
  try {
    readBootstrap(text);
    return [];
  } catch (cause) {
    if (!(cause instanceof BootstrapError)) throw cause;
    // It names the field by its path.
    const path = /^The bootstrap's ([\w.]+)/.exec(cause.message)?.[1]?.split(".") ?? [];
    return [at(cause.message, placeOf(document, path))];
  }
}

/** Where a field stands: its value, else its name, else what it should be in, else all. */
function placeOf(document: Document, path: readonly string[]): readonly [number, number] {
  let place: readonly [number, number] = [0, document.range?.[1] ?? 0];
  let node: unknown = document.contents;
  for (const name of path) {
    if (!isMap(node)) break;
    const pair = (node as YAMLMap).items.find(({ key }) => isScalar(key) && key.value === name);
    const range = pair && isScalar(pair.key) ? pair.key.range : undefined;
    if (!pair || !range) break;
    const inner = pair.value as { range?: readonly number[] } | null;
    place = [range[0], inner?.range?.[1] ?? range[1]];
    node = pair.value;
  }
  return place;
}
