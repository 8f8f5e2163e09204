/** Recorded pictures as an MP4 file. */
import { configRecord, type Sample, withLengths } from "./annex-b.ts";

/** One picture of a film. */
export interface FilmPicture extends Sample {
  readonly key: boolean;
  /** Milliseconds. */
  readonly at: number;
  /** The picture's visible pixels. */
  readonly width: number;
  readonly height: number;
}

/** What is used of mp4box, which whoever makes films brings. */
interface FileMaker {
  init(options: object): unknown;
  addTrack(options: object): number;
  addSample(track: number, data: Uint8Array<ArrayBuffer>, options: object): unknown;
  getBuffer(): { readonly buffer: ArrayBuffer };
}

/** How long the last picture stays. */
const LAST_MS = 1000 / 30;

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Makes the file: one track in milliseconds, each picture for as long as it was shown.
 * @param file a new one of mp4box's `createFile`
 * @throws Error when there is no picture
 */
export function muxMp4(file: FileMaker, pictures: readonly FilmPicture[]): ArrayBuffer {
  const first = pictures[0];
  if (!first?.sps || !first.pps) throw new Error("There is no picture for the film.");
  const [sps, pps] = [first.sps, first.pps];
  // With other parameter sets on the way, each keyframe carries its own.
  const changes = pictures.some((one) => one.key && !(same(one.sps, sps) && same(one.pps, pps)));
  const end = (pictures.at(-1)?.at ?? first.at) - first.at + LAST_MS;
  file.init({ brands: ["isom", "iso6", "mp41"], timescale: 1000, duration: Math.round(end) });
  const record = configRecord(sps, pps);
  const track = file.addTrack({
    ...{ type: changes ? "avc3" : "avc1", timescale: 1000, duration: Math.round(end) },
    width: Math.max(...pictures.map((one) => one.width)),
    height: Math.max(...pictures.map((one) => one.height)),
    avcDecoderConfigRecord: record.buffer,
    name: "Eyepiece",
  });
  for (const [i, picture] of pictures.entries()) {
    const at = Math.round(picture.at - first.at);
    const next = pictures[i + 1];
    const duration = Math.max(1, Math.round((next?.at ?? picture.at + LAST_MS) - first.at) - at);
    const sets = changes && picture.key ? [picture.sps, picture.pps].filter((set) => set !== undefined) : [];
    const data = sets.length === 0 ? picture.data : joined(withLengths(sets), picture.data);
    file.addSample(track, data, { duration, dts: at, cts: at, is_sync: picture.key });
  }
  return file.getBuffer().buffer;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
