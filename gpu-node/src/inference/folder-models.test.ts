import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { allOf, FolderModels } from "./folder-models.ts";

const root = mkdtempSync(join(tmpdir(), "eyepiece-folder-models-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };

function put(folder: string, file: string, text = "{}"): string {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, file), text);
  return join(root, folder);
}

test("folders with a configuration are models, named by their path; adapters know their base", () => {
  const first = put("a/small", "config.json");
  const deep = put("a/lab/large", "config.json");
  put("a/.hidden", "config.json");
  put("a/notes", "readme.txt");
  const adapters = [
    put("a/by-name", "adapter_config.json", '{"base_model_name_or_path":"lab/large"}'),
    put("a/by-path", "adapter_config.json", JSON.stringify({ base_model_name_or_path: first })),
  ];
  put("a/orphan", "adapter_config.json", '{"base_model_name_or_path":"../../etc"}');
  put("a/broken", "adapter_config.json", "{");
  const shadowed = put("b/small", "config.json");
  symlinkSync(shadowed, join(root, "b", "linked"));
  const models = new FolderModels([join(root, "a"), join(root, "b"), join(root, "missing")]);
  expect(models.list().map(({ id, folder, base }) => [id, folder, base])).toEqual([
    ["by-name", adapters[0], deep],
    ["by-path", adapters[1], first],
    ["lab/large", deep, undefined],
    ["small", first, undefined],
    ["linked", join(root, "b", "linked"), undefined],
  ]);
  expect(models.find(ada, "../b/small")).toBeUndefined();
});

test("several sources are one, the first before the others", () => {
  const [a, b] = ["a", "b"].map((name) => new FolderModels([join(root, name)]));
  if (!a || !b) throw new Error("two sources are meant");
  const both = allOf(b, a);
  expect(both.find(ada, "small")?.folder).toBe(join(root, "b", "small"));
  expect(both.find(ada, "lab/large")?.folder).toBe(join(root, "a", "lab", "large"));
  expect(both.list(ada).filter(({ id }) => id === "small")).toHaveLength(1);
});
