/** The samples of an MP4's first video track: which bytes, when shown, which can be begun with. Only its tables are read. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { type Box, createFile, DataStream, Endianness, MP4BoxBuffer, type Sample } from "mp4box";
import type { Resource } from "../resource.ts";

/** Most bytes of the tables of a file, and samples. */
const MAX_TABLES = 256 * 1024 * 1024;
const MAX_SAMPLES = 5_000_000;
const MAX_FRAGMENTS = 100_000;

/** Video codecs by the type of their sample entry. */
export type MovieCodec = "h264" | "hevc" | "vp9" | "av1";
const CODECS: Readonly<Record<string, MovieCodec>> = {
  avc1: "h264",
  avc3: "h264",
  hvc1: "hevc",
  hev1: "hevc",
  vp09: "vp9",
  av01: "av1",
};
/** Boxes that hold what a decoder must know first. */
const SETUP: Readonly<Record<MovieCodec, string>> = { h264: "avcC", hevc: "hvcC", vp9: "vpcC", av1: "av1C" };

/** One coded picture. */
export interface MovieSample {
  readonly offset: number;
  readonly size: number;
  /** When it is shown, in the track's clock. */
  readonly time: number;
  readonly sync: boolean;
}

/** A track of pictures. */
export interface MovieTrack {
  readonly codec: MovieCodec;
  readonly setup: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** In the order in which they are decoded. */
  readonly samples: readonly MovieSample[];
  /** Indices of `samples` in the order in which they are shown. */
  readonly shown: readonly number[];
  /** Seconds from one picture to the next, on average. */
  readonly step: number;
}

/** Reads the tables. @throws SourceError */
export async function readMovie(resource: Resource, signal?: AbortSignal): Promise<MovieTrack> {
  const { label } = resource;
  const damaged = (what: string, cause?: unknown) =>
    new SourceError(`${label} is not a readable MP4 movie: ${what}.`, cause === undefined ? {} : { cause });
  const file = createFile(false);
  let failure = "";
  file.onError = (module, message) => {
    failure ||= `${module}: ${message}`;
  };
  let tracks: ReturnType<typeof file.getInfo>["videoTracks"] = [];
  let samples: Sample[] = [];
  try {
    for await (const { bytes, offset } of tables(resource, damaged, signal)) {
      checkCounts(bytes, damaged);
      file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.buffer as ArrayBuffer, offset));
    }
    if (failure) throw damaged(failure);
    tracks = file.getInfo().videoTracks;
    const id = tracks[0]?.id;
    if (id === undefined) throw damaged("it has no pictures");
    samples = file.getTrackSamplesInfo(id);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    throw damaged(cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause), cause);
  }
  const track = tracks[0];
  const entry = samples[0]?.description as (Box & Record<string, unknown>) | undefined;
  if (!track || !entry || samples.length === 0) throw damaged("it has no pictures");
  const codec = CODECS[entry.type ?? ""];
  if (!codec)
    throw new SourceError(`${label} is coded as ${track.codec}, which is not read: convert it to H.264.`);
  const { width = 0, height = 0 } = track.video ?? {};
  const size = [entry.width, entry.height].map(Number);
  const [w, h] = [size[0] || width, size[1] || height];
  if (!(w >= 1 && h >= 1 && w * h <= 2 ** 27)) throw damaged(`its pictures are of ${w} x ${h}`);
  return {
    codec,
    setup: setupOf(entry, SETUP[codec], damaged),
    width: w,
    height: h,
    ...orderOf(samples, resource, damaged),
  };
}

function orderOf(samples: readonly Sample[], { size }: Resource, damaged: (what: string) => SourceError) {
  const list = samples.map(({ offset, size: length, cts, is_sync }): MovieSample => {
    const sane = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!sane || (size !== undefined && offset + length > size))
      throw damaged("it is cut short, or its tables are wrong");
    return { offset, size: length, time: cts, sync: is_sync };
  });
  const shown = list
    .map((_, index) => index)
    .sort((a, b) => (list[a]?.time ?? 0) - (list[b]?.time ?? 0) || a - b);
  const [first, last] = [list[shown[0] ?? 0]?.time ?? 0, list[shown.at(-1) ?? 0]?.time ?? 0];
  const timescale = samples[0]?.timescale ?? 1;
  const step = shown.length > 1 ? (last - first) / (shown.length - 1) / timescale : 1;
  return { samples: list, shown, step: step > 0 && Number.isFinite(step) ? step : 1 };
}

/** The top-level boxes that are not pictures, by their heads: what lies between is not read. */
async function* tables(
  resource: Resource,
  damaged: (what: string) => SourceError,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; offset: number }> {
  const end = resource.size ?? Number.POSITIVE_INFINITY;
  let total = 0;
  let moovs = 0;
  let boxes = 0;
  for (let at = 0; at + 8 <= end; ) {
    if (++boxes > MAX_FRAGMENTS) throw damaged(`it has more than ${MAX_FRAGMENTS} parts`);
    const head = await resource.read(at, 16, signal);
    if (head.byteLength < 8) break;
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const type = Buffer.from(head.subarray(4, 8)).toString("latin1");
    let size = view.getUint32(0);
    if (size === 1 && head.byteLength === 16) size = Number(view.getBigUint64(8));
    else if (size === 0) size = end - at;
    if (!Number.isSafeInteger(size) || size < 8) throw damaged(`a part of it has ${size} bytes`);
    if (at === 0 && !/^(ftyp|moov|mdat|free|skip|wide|styp)$/.test(type))
      throw damaged("it does not begin as one");
    if (type === "ftyp" || type === "moov" || type === "moof") {
      total += size;
      if (at + size > end) throw damaged("it is cut short");
      if (total > MAX_TABLES) throw damaged("its tables are too large");
      if (type === "moov") moovs += 1;
      yield { bytes: new Uint8Array(await resource.read(at, size, signal)), offset: at };
    } else if (type === "mdat") {
      // The parser goes on behind what it is told to pass over.
      const length = size > 0xffffffff || view.getUint32(0) === 1 ? 16 : 8;
      yield { bytes: new Uint8Array(head.subarray(0, length)), offset: at };
    } else yield { bytes: emptyBox(size), offset: at };
    at += size;
  }
  if (moovs === 0) throw damaged("its table of pictures is missing, as where a recording was not ended");
}

/** A box that says nothing, of a size. */
function emptyBox(size: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(Math.min(size, 0xffffffff), 0);
  bytes.write("free", 4, "latin1");
  return new Uint8Array(bytes);
}

/** Tables may claim any number of samples in a few bytes; the parser would make each. */
function checkCounts(bytes: Uint8Array, damaged: (what: string) => SourceError): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  for (const [name, at] of [
    ["stsz", 12],
    ["stz2", 12],
    ["trun", 8],
  ] as const) {
    for (
      let found = buffer.indexOf(name, 0, "latin1");
      found >= 0;
      found = buffer.indexOf(name, found + 4, "latin1")
    ) {
      if (found + at + 4 > buffer.byteLength) break;
      total += buffer.readUInt32BE(found + at);
      if (total > MAX_SAMPLES) throw damaged(`it claims more than ${MAX_SAMPLES} pictures`);
    }
  }
}

/** What the decoder must know, without the head of its box. */
function setupOf(
  entry: Record<string, unknown>,
  name: string,
  damaged: (what: string) => SourceError,
): Uint8Array {
  const box = entry[name] as { write?: (stream: DataStream) => void } | undefined;
  if (!box?.write) throw damaged(`it does not say how it is coded (${name})`);
  const stream = new DataStream(undefined, 0, Endianness.BIG_ENDIAN);
  box.write(stream);
  const bytes = new Uint8Array(stream.buffer).slice(8, stream.getPosition());
  // Version and flags come first in VP9's.
  return name === "vpcC" ? bytes.slice(4) : bytes;
}
