/** The snippet by which a Python kernel tells its variables: evaluated silently, so that no count, `_` or history changes. */
import type { Variable } from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";

const SOURCE = `
def collect(shell, limit):
    import types
    hidden = shell.user_ns_hidden
    found = []
    for name, value in list(shell.user_ns.items()):
        if name.startswith("_") or isinstance(value, types.ModuleType):
            continue
        if name in hidden and hidden[name] is value:
            continue
        kind = type(value)
        entry = {"name": name, "type": kind.__name__, "summary": ""}
        try:
            shape = getattr(value, "shape", None)
            if isinstance(shape, tuple):
                dtype = getattr(value, "dtype", "")
                entry["summary"] = " x ".join(map(str, shape)) + (f" {dtype}" if str(dtype) else "")
                size = getattr(value, "nbytes", None)
                if isinstance(size, int):
                    entry["bytes"] = size
            elif isinstance(value, (str, bytes, bytearray)):
                entry["summary"] = repr(value[:200])[:200]
                entry["bytes"] = len(value)
            elif isinstance(value, (list, tuple, dict, set, frozenset)):
                entry["summary"] = f"{len(value)} items"
            elif isinstance(value, (int, float, complex, bool)) or value is None:
                entry["summary"] = str(value) if not isinstance(value, int) or value.bit_length() < 2000 else "a long integer"
            elif callable(value):
                entry["summary"] = getattr(value, "__qualname__", "")
            else:
                entry["summary"] = kind.__module__
        except Exception as error:
            entry["summary"] = f"({type(error).__name__})"
        found.append(entry)
        if len(found) >= limit:
            break
    return found
class Bundle:
    def __init__(self, value):
        self.value = value
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/json": self.value}
    def __repr__(self):
        return ""
`;

/** An expression whose value shows itself as JSON. */
export const VARIABLES_EXPRESSION = `(lambda scope: (exec(${JSON.stringify(SOURCE)}, scope), scope["Bundle"](scope["collect"](get_ipython(), 500)))[1])({})`;

const Reply = v.object({
  user_expressions: v.object({
    variables: v.object({
      status: v.literal("ok"),
      data: v.object({
        "application/json": v.array(
          v.object({
            name: v.string(),
            type: v.string(),
            summary: v.string(),
            bytes: v.optional(v.number()),
          }),
        ),
      }),
    }),
  }),
});

/** The variables of an execute reply; undefined when the kernel could not tell them. */
export function variablesOf(content: Readonly<Record<string, unknown>>): Variable[] | undefined {
  const reply = v.safeParse(Reply, content);
  if (!reply.success) return undefined;
  return reply.output.user_expressions.variables.data["application/json"].map(({ bytes, ...rest }) => ({
    ...rest,
    ...(bytes !== undefined && { bytes }),
  }));
}
