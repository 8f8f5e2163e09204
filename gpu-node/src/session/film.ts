/** Films of key-frame animations: each picture whole and with full sampling, however long it takes, as H.264 in an MP4 file. */
import { writeFile } from "node:fs/promises";
import { duration, frameAt, sceneOf } from "@eyepiece/engine/model/animation.ts";
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";
import { sampleOf } from "@eyepiece/protocol/viewer/annex-b.ts";
import { type Film, MOST_PICTURES } from "@eyepiece/protocol/viewer/film.ts";
import { type FilmPicture, muxMp4 } from "@eyepiece/protocol/viewer/mp4.ts";
import { createFile } from "mp4box";
import { workingEncoders } from "../encode/probe.ts";
import { VideoEncoder } from "../encode/video-encoder.ts";
import { layOver, type Overlaid } from "./overlays.ts";
import type { Painter } from "./painter.ts";

/** Bits for each pixel of a picture: a film is kept, so it is sharper than what is streamed. */
const BITS_A_PIXEL = 0.3;
/** A keyframe at least so often: players seek from one to the next. */
const KEY_SECONDS = 2;

/** What a film is made with. */
export interface FilmTools {
  readonly painter: Pick<Painter, "still">;
  readonly scene: Scene;
  readonly table: Overlaid["table"];
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Makes the film and writes it.
 * @throws Error with a sentence when it is too long, or a picture cannot be drawn; EncodeError; the signal's reason
 */
export async function writeFilm(path: string, film: Film, tools: FilmTools): Promise<void> {
  const { painter, scene, table, signal, onProgress } = tools;
  const { keys, fps, canvas } = film;
  // H.264 has pictures of even sizes.
  const [width, height] = [film.width & ~1, film.height & ~1];
  const count = Math.floor(duration(keys) * fps + 1e-6) + 1;
  if (count > MOST_PICTURES)
    throw new Error(
      `The film has ${count} pictures; at most ${MOST_PICTURES} are made at once. Make it shorter, or with fewer a second.`,
    );
  const bitrate = Math.round(Math.max(1e6, width * height * fps * BITS_A_PIXEL));
  await using encoder = await VideoEncoder.open({ width, height, bitrate }, await workingEncoders());
  const pictures: FilmPicture[] = [];
  const every = Math.max(1, Math.round(KEY_SECONDS * fps));
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    const { view, layers } = frameAt(keys, i / fps);
    const shown = sceneOf(scene, layers);
    const own = { ...canvas, pixelRatio: 1 };
    const drawn = await painter.still(view, own, width, height, { scene: shown });
    if (drawn.failure)
      throw new Error(`Picture ${i + 1} of the film cannot be drawn: ${drawn.failure.message}`);
    const over = { view: { ...view, overlays: film.overlays }, scene: shown, table, selected: film.selected };
    layOver(drawn.pixels.bytes, width, height, own, over);
    const encoded = await encoder.encode(drawn.pixels, { key: i % every === 0, timeUs: (i * 1e6) / fps });
    pictures.push({ ...sampleOf(encoded.bytes), key: encoded.key, at: (i * 1000) / fps, width, height });
    onProgress?.((i + 1) / count);
  }
  await writeFile(path, new Uint8Array(muxMp4(createFile(), pictures)), { flag: "wx" });
}
