/** The datasets that come with Eyepiece. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isGenerated } from "@eyepiece/engine/data/generated-source.ts";
import { ImagePatch } from "@eyepiece/protocol/scene/schema.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import * as v from "valibot";

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../../../public/samples");

const Index = v.array(
  v.object({
    uri: v.string(),
    title: v.string(),
    text: v.string(),
    thumbnail: v.optional(v.string(), ""),
    /** How its layers look at first, where the file's own word is not the best. */
    show: v.optional(ImagePatch, {}),
  }),
);

function readIndex(): v.InferOutput<typeof Index> {
  const file = join(FOLDER, "samples.json");
  return existsSync(file) ? v.parse(Index, JSON.parse(readFileSync(file, "utf8"))) : [];
}

/** Files lie in the samples' folder; generated data lie nowhere. */
function addressOf(uri: string): string {
  return isGenerated(uri) ? uri : join(FOLDER, uri);
}

/** The samples' folder, their list (absolute paths as uri), and the one to show first. */
export function samples(): { folder: string; list: eyepiece.node.Sample.$Properties[]; welcome: string } {
  const list = readIndex().map(({ uri, title, text, thumbnail }) => ({
    uri: addressOf(uri),
    title,
    text,
    thumbnail,
  }));
  return { folder: FOLDER, list, welcome: join(FOLDER, "colin27_brain.nii.gz") };
}

/** How a sample's layers look at first; nothing for data that are no sample. */
export function sampleLook(uri: string): ImagePatch {
  return readIndex().find((sample) => addressOf(sample.uri) === uri)?.show ?? {};
}
