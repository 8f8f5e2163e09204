/** The datasets that come with Eyepiece. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../../../public/samples");

/** The samples' folder, their list (absolute paths as uri), and the one to show first. */
export function samples(): { folder: string; list: eyepiece.node.Sample.$Properties[]; welcome: string } {
  const index = join(FOLDER, "samples.json");
  const told = existsSync(index)
    ? (JSON.parse(readFileSync(index, "utf8")) as eyepiece.node.Sample.$Properties[])
    : [];
  const list = told.map((sample) => ({ ...sample, uri: join(FOLDER, sample.uri ?? "") }));
  return { folder: FOLDER, list, welcome: join(FOLDER, "colin27_brain.nii.gz") };
}
