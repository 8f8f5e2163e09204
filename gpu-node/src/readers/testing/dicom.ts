/** For tests: DICOM files, element by element. */

/** A tag's value: text, or numbers of the VR. */
export type DicomValue = string | readonly number[] | Uint8Array;

/** Elements by tag ("00280010"), with their VR: `US`, `DS`, ... */
export type DicomElements = Readonly<Record<string, readonly [vr: string, value: DicomValue]>>;

/** A part-10 file in explicit VR; `fragments` make its pixels encapsulated. */
export function dicom(
  elements: DicomElements,
  {
    syntax = "1.2.840.10008.1.2.1",
    big = false,
    fragments,
  }: { syntax?: string; big?: boolean; fragments?: readonly Uint8Array[] } = {},
): Uint8Array {
  const meta = Buffer.concat([element("00020010", "UI", syntax, false)]);
  const body = Object.entries(elements)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, [vr, value]]) => element(tag, vr, value, big));
  return Buffer.concat([
    new Uint8Array(128),
    Buffer.from("DICM"),
    element("00020000", "UL", [meta.byteLength], false),
    meta,
    ...body,
    ...(fragments ? [encapsulated(fragments)] : []),
  ]);
}

function element(tag: string, vr: string, value: DicomValue, big: boolean): Buffer {
  const bytes = valueBytes(vr, value, big);
  const long = ["OB", "OW", "SQ", "UN", "UT"].includes(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  const [group, number] = [Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16)];
  const short = (value_: number, at: number) =>
    big ? head.writeUInt16BE(value_, at) : head.writeUInt16LE(value_, at);
  short(group, 0);
  short(number, 2);
  head.write(vr, 4, "latin1");
  if (!long) short(bytes.byteLength, 6);
  else if (big) head.writeUInt32BE(bytes.byteLength, 8);
  else head.writeUInt32LE(bytes.byteLength, 8);
  return Buffer.concat([head, bytes]);
}

function valueBytes(vr: string, value: DicomValue, big: boolean): Buffer {
  if (typeof value === "string") {
    const text = Buffer.from(value, "latin1");
    return text.byteLength % 2 ? Buffer.concat([text, Buffer.from(vr === "UI" ? "\0" : " ")]) : text;
  }
  if (value instanceof Uint8Array)
    return value.byteLength % 2 ? Buffer.concat([value, new Uint8Array(1)]) : Buffer.from(value);
  const size = vr === "UL" ? 4 : 2;
  const out = Buffer.alloc(value.length * size);
  for (const [i, number] of value.entries()) {
    if (size === 4) out.writeUInt32LE(number, 4 * i);
    else if (big) out.writeUInt16BE(number, 2 * i);
    else out.writeUInt16LE(number, 2 * i);
  }
  return out;
}

function encapsulated(fragments: readonly Uint8Array[]): Buffer {
  const item = (bytes: Uint8Array) => {
    const padded = bytes.byteLength % 2 ? Buffer.concat([bytes, new Uint8Array(1)]) : Buffer.from(bytes);
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(padded.byteLength, 4);
    return Buffer.concat([head, padded]);
  };
  const start = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  return Buffer.concat([start, item(new Uint8Array()), ...fragments.map(item), end]);
}

/** What a slice of a CT has, without its pixels. */
export function slice(
  size: readonly [columns: number, rows: number],
  z: number,
  more: DicomElements = {},
): DicomElements {
  return {
    "0020000e": ["UI", "1.2.3"],
    "00200013": ["IS", "1"],
    "00200032": ["DS", `-10\\-20\\${z}`],
    "00200037": ["DS", "1\\0\\0\\0\\1\\0"],
    "00280002": ["US", [1]],
    "00280004": ["CS", "MONOCHROME2"],
    "00280010": ["US", [size[1]]],
    "00280011": ["US", [size[0]]],
    "00280030": ["DS", "0.5\\0.25"],
    "00280100": ["US", [16]],
    "00280101": ["US", [12]],
    "00280103": ["US", [0]],
    ...more,
  };
}
