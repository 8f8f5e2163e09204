/** Collects the H.264 pictures of a view. */

import { sampleOf } from "@eyepiece/protocol/viewer/annex-b.ts";
import { type FilmPicture, muxMp4 } from "@eyepiece/protocol/viewer/mp4.ts";
import { type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";

type FrameHead = eyepiece.viewer.FrameHead;

/** Bytes at which a recording ends by itself. */
export const MOST_BYTES = 2 * 1024 ** 3;

/** See the file's comment. Times are the node's. */
export class Recorder {
  readonly #pictures: FilmPicture[] = [];
  #bytes = 0;

  get pictures(): readonly FilmPicture[] {
    return this.#pictures;
  }
  get bytes(): number {
    return this.#bytes;
  }
  get full(): boolean {
    return this.#bytes >= MOST_BYTES;
  }
  /** From the first picture to the last. */
  get milliseconds(): number {
    const [first, last] = [this.#pictures[0], this.#pictures.at(-1)];
    return first && last ? last.at - first.at : 0;
  }

  /** Takes a picture of the stream; what comes before the first keyframe, and stills, are left out. */
  add(head: FrameHead, bytes: Uint8Array): void {
    if (head.picture !== viewer.Picture.H264 || this.full) return;
    if (this.#pictures.length === 0 && !head.key) return;
    const sample = sampleOf(bytes);
    const last = this.#pictures.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    this.#pictures.push({
      ...sample,
      key: head.key,
      // Two pictures may answer one input; in a file each has a time of its own.
      at: Math.max(head.sentUs / 1000, last + 1),
      width: head.cropWidth || head.width,
      height: head.cropHeight || head.height,
    });
    this.#bytes += sample.data.length;
  }
}

/** The recorded pictures as a file. @throws Error when there is none */
export async function film(pictures: readonly FilmPicture[]): Promise<Blob> {
  if (pictures.length === 0) throw new Error("Nothing was recorded: no picture came meanwhile.");
  const { createFile } = await import("mp4box");
  return new Blob([muxMp4(createFile(), pictures)], { type: "video/mp4" });
}
