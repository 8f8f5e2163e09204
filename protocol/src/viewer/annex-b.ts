/** An H.264 picture in Annex B form (start codes), taken apart. */

const SPS = 7;
const PPS = 8;
const DELIMITER = 9;

/** A picture as MP4 files hold it. */
export interface Sample {
  /** NAL units, each after its length as uint32 (big endian); without parameter sets. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** The parameter sets that came with it, which keyframes bring. */
  readonly sps: Uint8Array | undefined;
  readonly pps: Uint8Array | undefined;
}

/** The NAL units of a picture, without start codes. */
export function nalUnits(stream: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let i = 0; i + 2 < stream.length; i++) {
    if (stream[i] === 0 && stream[i + 1] === 0 && stream[i + 2] === 1) {
      starts.push(i + 3);
      i += 2;
    }
  }
  return starts.map((start, i) => {
    let end = i + 1 < starts.length ? (starts[i + 1] ?? 0) - 3 : stream.length;
    // Zeros before a start code belong to it, or fill.
    while (end > start && stream[end - 1] === 0) end--;
    return stream.subarray(start, end);
  });
}

/** Units one after the other, each after its length. */
export function withLengths(units: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(units.reduce((size, unit) => size + 4 + unit.length, 0));
  const view = new DataView(data.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.length);
    data.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return data;
}

/** Takes a picture apart. */
export function sampleOf(stream: Uint8Array): Sample {
  const units = nalUnits(stream);
  const kind = (unit: Uint8Array): number => (unit[0] ?? 0) & 31;
  const rest = units.filter((unit) => ![SPS, PPS, DELIMITER].includes(kind(unit)));
  return {
    data: withLengths(rest),
    // Copies: a few bytes must not keep the whole message.
    sps: units.find((unit) => kind(unit) === SPS)?.slice(),
    pps: units.find((unit) => kind(unit) === PPS)?.slice(),
  };
}

/** The `avcC` record of parameter sets (ISO 14496-15). */
export function configRecord(sps: Uint8Array, pps: Uint8Array): Uint8Array<ArrayBuffer> {
  const [profile = 0, compatibility = 0, level = 0] = sps.subarray(1, 4);
  const head = [1, profile, compatibility, level, 0xff, 0xe1, sps.length >> 8, sps.length & 255];
  return Uint8Array.from([...head, ...sps, 1, pps.length >> 8, pps.length & 255, ...pps]);
}
