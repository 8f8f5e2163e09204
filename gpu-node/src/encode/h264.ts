/** The facts that decoders need, read from an H.264 stream in Annex B form. */

const NAL_SPS = 7;
const NAL_IDR = 5;

/** Where each NAL unit's first byte lies. */
function* nalUnits(stream: Uint8Array): Generator<number> {
  for (let i = 0; i + 3 < stream.byteLength; i++) {
    if (stream[i] === 0 && stream[i + 1] === 0 && stream[i + 2] === 1) {
      yield i + 3;
      i += 3;
    }
  }
}

/** Whether the packet can be decoded without those before it. */
export function isKeyPacket(packet: Uint8Array): boolean {
  for (const start of nalUnits(packet)) if (((packet[start] ?? 0) & 31) === NAL_IDR) return true;
  return false;
}

/** The WebCodecs codec string (`avc1.PPCCLL`) from the stream's own SPS; undefined when it has none. */
export function codecString(packet: Uint8Array): string | undefined {
  for (const start of nalUnits(packet)) {
    if (((packet[start] ?? 0) & 31) !== NAL_SPS || start + 3 >= packet.byteLength) continue;
    const hex = Array.from(packet.subarray(start + 1, start + 4), (byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    return `avc1.${hex.join("").toUpperCase()}`;
  }
  return undefined;
}

/** Reads an SPS bit by bit (ITU-T H.264, 7.3.2.1.1 and E.1.1). */
class BitReader {
  readonly #bytes: Uint8Array;
  #bit = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#bit++) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new RangeError("the SPS ends early");
      value = value * 2 + ((byte >> (7 - (this.#bit & 7))) & 1);
    }
    return value;
  }
  /** Unsigned Exp-Golomb. */
  ue(): number {
    let zeros = 0;
    while (this.bits(1) === 0) if (++zeros > 32) throw new RangeError("not an Exp-Golomb code");
    return 2 ** zeros - 1 + this.bits(zeros);
  }
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/**
 * How many pictures a decoder may hold back to reorder them, as the SPS promises; undefined when it promises nothing, and
 * decoders then wait for a full buffer. Covers the profiles without chroma extensions (baseline, main), which is what is
 * encoded here, and high.
 */
export function reorderFrames(packet: Uint8Array): number | undefined {
  for (const start of nalUnits(packet)) {
    if (((packet[start] ?? 0) & 31) !== NAL_SPS) continue;
    const end = [...nalUnits(packet.subarray(start))][0];
    const raw = packet.subarray(start + 1, end === undefined ? undefined : start + end - 3);
    const reader = new BitReader(withoutEmulation(raw));
    const profile = reader.bits(8);
    reader.bits(16);
    reader.ue();
    if (profile === 100) {
      if (reader.ue() === 3) reader.bits(1);
      reader.ue();
      reader.ue();
      reader.bits(1);
      if (reader.bits(1)) return undefined;
    }
    reader.ue();
    const pocType = reader.ue();
    if (pocType === 0) reader.ue();
    else if (pocType === 1) {
      reader.bits(1);
      reader.se();
      reader.se();
      for (let left = reader.ue(); left > 0; left--) reader.se();
    }
    reader.ue();
    reader.bits(1);
    reader.ue();
    reader.ue();
    if (!reader.bits(1)) reader.bits(1);
    reader.bits(1);
    if (reader.bits(1)) for (let i = 0; i < 4; i++) reader.ue();
    if (!reader.bits(1)) return undefined;
    return reorderOfVui(reader);
  }
  return undefined;
}

function reorderOfVui(reader: BitReader): number | undefined {
  if (reader.bits(1) && reader.bits(8) === 255) reader.bits(32);
  if (reader.bits(1)) reader.bits(1);
  if (reader.bits(1)) {
    reader.bits(4);
    if (reader.bits(1)) reader.bits(24);
  }
  if (reader.bits(1)) {
    reader.ue();
    reader.ue();
  }
  if (reader.bits(1)) reader.bits(65);
  const nal = reader.bits(1);
  if (nal) hypotheticalDecoder(reader);
  const vcl = reader.bits(1);
  if (vcl) hypotheticalDecoder(reader);
  if (nal || vcl) reader.bits(1);
  reader.bits(1);
  if (!reader.bits(1)) return undefined;
  reader.bits(1);
  for (let i = 0; i < 4; i++) reader.ue();
  return reader.ue();
}

function hypotheticalDecoder(reader: BitReader): void {
  const count = reader.ue() + 1;
  reader.bits(8);
  for (let i = 0; i < count; i++) {
    reader.ue();
    reader.ue();
    reader.bits(1);
  }
  reader.bits(20);
}

/** Drops the 3 of each 0 0 3: it only keeps start codes out of the payload. */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out.push(byte);
  }
  return Uint8Array.from(out);
}
