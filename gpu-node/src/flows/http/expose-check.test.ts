import fc from "fast-check";
import { expect, it } from "vitest";
import { problemsOf } from "./expose-check-routes.ts";

const marked = (text: string) => problemsOf(text).map(({ from, to, line }) => [text.slice(from, to), line]);

it("says where settings are wrong: what is no YAML, and which field", () => {
  expect(problemsOf("")).toEqual([]);
  expect(problemsOf("import_path: [a\nb: c")[0]?.line).toBeGreaterThan(0);
  expect(marked("name: x\nimport_path: no module\n")).toEqual([["import_path: no module", 2]]);
  expect(marked('import_path: a:b\nruntime_env:\n  working_dir: /tmp\n  env_vars:\n    "1x": y\n')).toEqual([
    ['"1x": y', 5],
  ]);
  expect(marked("import_path: a:b\nruntime_env:\n  working_dir: /no/such\n")).toEqual([
    ["working_dir: /no/such", 3],
  ]);
  expect(problemsOf("import_path: a:b\nruntime_env:\n  working_dir: /tmp\n")).toEqual([]);
});

it("finds places within the text, whatever is typed", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const { from, to, message } of problemsOf(text)) {
        expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        expect(message).not.toBe("");
      }
    }),
  );
});
