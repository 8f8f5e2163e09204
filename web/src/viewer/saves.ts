/** Saving from the page: under which names, and how what the node saved becomes a download. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { Film } from "@eyepiece/protocol/viewer/film.ts";
import type { ViewerEvent } from "../services/decoded.ts";
import type { SessionService } from "../services/session.ts";

/** A format: the end of the name, and what people read. */
export interface SaveFormat {
  readonly end: string;
  readonly title: string;
}

const FORMATS: readonly (SaveFormat & { readonly types: readonly Layer["type"][] })[] = [
  { end: ".ome.zarr", title: "OME-Zarr 0.5", types: ["image", "labels"] },
  { end: ".ome.tif", title: "OME-TIFF", types: ["image", "labels"] },
  { end: ".npy", title: "NPY, an array for NumPy", types: ["image", "labels", "vectors"] },
  { end: ".png", title: "PNG of the slice that is shown", types: ["image", "labels"] },
  { end: ".csv", title: "CSV, as napari's", types: ["points", "shapes", "tracks"] },
  { end: ".ply", title: "PLY, a mesh with values", types: ["surface"] },
  { end: ".obj", title: "OBJ, a mesh", types: ["surface"] },
];
/** The whole scene. */
export const SCENE: SaveFormat = { end: ".eyepiece.json", title: "Scene of Eyepiece, that reopens exactly" };

/** Formats that all of the layers can be saved in, the usual one first. */
export function formatsFor(layers: readonly Layer[]): readonly SaveFormat[] {
  return FORMATS.filter(({ types }) => layers.every((layer) => types.includes(layer.type)));
}

/** A file's name from a layer's or session's. */
export function fileStem(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const flat = name.replace(/[\u0000-\u001f\u007f<>:"|?*/\\]+/g, "_").replace(/^[.\s]+/, "");
  return flat.trim().slice(0, 120) || "scene";
}

/** What is to be saved, and where. */
export interface SaveAsked {
  readonly layers: readonly string[];
  readonly name: string;
  /** A folder of the node; empty for a download. */
  readonly folder: string;
  readonly replace: boolean;
}

const PIECE = 512 * 1024;
const LONG_MS = 24 * 3_600_000;

/** Saves; a download is offered when it is whole. @returns what was made, for people @throws ChannelError */
export async function saveLayers(session: SessionService, asked: SaveAsked, task: string): Promise<string> {
  const { saved } = await session.ask({ save: { task, ...asked, layers: [...asked.layers] } }, LONG_MS);
  if (!saved) throw new Error("The session did not say what it saved.");
  if (asked.folder !== "") return saved.paths.join(", ");
  return take(session, saved, asked.name);
}

/** Has an animation filmed and downloads it. @throws ChannelError */
export async function filmed(session: SessionService, film: Film, task: string): Promise<void> {
  const { saved } = await session.ask({ film: { task, json: JSON.stringify(film) } }, LONG_MS);
  if (!saved) throw new Error("The session did not say what it filmed.");
  await take(session, saved, film.name);
}

/** Takes what the session made piece by piece, and offers it as downloads. */
async function take(
  session: SessionService,
  saved: NonNullable<ViewerEvent["saved"]>,
  name: string,
): Promise<string> {
  const { token } = saved;
  try {
    for (const file of saved.files) {
      const pieces: BlobPart[] = [];
      for (let offset = 0; offset < file.size; ) {
        const { piece } = await session.ask({ takeSaved: { token, path: file.path, offset, length: PIECE } });
        const data = piece?.data;
        if (!data?.byteLength) throw new Error(`${file.path} ends before its end.`);
        pieces.push(Uint8Array.from(data));
        offset += data.byteLength;
      }
      offer(new Blob(pieces), file.path.split("/").at(-1) ?? name);
    }
  } finally {
    await session.ask({ dropSaved: { token } });
  }
  return saved.files.map(({ path }) => path).join(", ");
}

function offer(file: Blob, name: string): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = name;
  anchor.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}
