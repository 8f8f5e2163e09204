/** Files of people's own that stages learn from: named by their ids, and read where they lie. */
import type { FileStore } from "../trainer/files/store.ts";
import { invalid } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { type EngineName, filesFor, type Stage, type StageSettings } from "./stages.ts";

/** Looks whether a person has the files that settings name. @throws ApiError that names the setting */
export function checkFiles(
  files: FileStore,
  person: Person,
  engine: EngineName,
  stage: Stage,
  settings: StageSettings,
): void {
  for (const { name, format } of filesFor(stage, engine)) {
    const id = settings[name];
    if (typeof id !== "string" || id === "") continue;
    const file = files.find(person.id, id);
    if (!file) throw invalid(`There is no file ${id}: upload it first.`, name, "not_found");
    if (file.format !== format)
      throw invalid(
        `${name} must be a file of format ${format}, and ${file.filename} is ${file.format}.`,
        name,
      );
  }
}

/** A stage's settings with paths in the place of ids. @throws Error with a sentence where a file is gone */
export function settingsWithPaths(
  files: FileStore,
  person: string,
  { stage, engine, settings }: { stage: Stage; engine: EngineName; settings: StageSettings },
): { readonly settings: StageSettings; readonly paths: readonly string[] } {
  const paths: Record<string, string> = {};
  for (const { name } of filesFor(stage, engine)) {
    const id = settings[name];
    if (typeof id !== "string" || id === "") continue;
    const file = files.find(person, id);
    if (!file) throw new Error(`The file ${id} was deleted before the stage could read it.`);
    paths[name] = files.pathOf(file);
  }
  return { settings: { ...settings, ...paths }, paths: Object.values(paths) };
}
