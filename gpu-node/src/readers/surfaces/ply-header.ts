/** What a PLY header says. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";

/** Types of numbers, by one name each. */
export type PlyType = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "float32" | "float64";
export type PlyFormat = "ascii" | "binary_little_endian" | "binary_big_endian";

/** A number, or a list of numbers after its length. */
export interface Property {
  readonly name: string;
  readonly type: PlyType;
  /** The type of the length. */
  readonly list: PlyType | undefined;
}

export interface Element {
  readonly name: string;
  readonly count: number;
  readonly properties: readonly Property[];
}

const TYPES: Readonly<Record<string, PlyType>> = {
  char: "int8",
  int8: "int8",
  uchar: "uint8",
  uint8: "uint8",
  short: "int16",
  int16: "int16",
  ushort: "uint16",
  uint16: "uint16",
  int: "int32",
  int32: "int32",
  uint: "uint32",
  uint32: "uint32",
  float: "float32",
  float32: "float32",
  double: "float64",
  float64: "float64",
};
const MAX_HEADER = 64 * 1024;
const MAX_ELEMENTS = 64;
const MAX_PROPERTIES = 256;

/** @throws SourceError */
export function parsePlyHeader(
  bytes: Uint8Array,
  label: string,
): { readonly format: PlyFormat; readonly elements: readonly Element[]; readonly length: number } {
  const damaged = (what: string) => new SourceError(`${label} is not a readable PLY file: ${what}.`);
  const text = Buffer.from(bytes.subarray(0, MAX_HEADER)).toString("latin1");
  if (!/^ply\r?\n/.test(text)) throw damaged("it does not begin as one");
  const end = /\nend_header[^\n]*\n/.exec(text);
  if (!end) throw damaged("its header does not end");
  let format: PlyFormat | undefined;
  const elements: { name: string; count: number; properties: Property[] }[] = [];
  const typeOf = (word: string | undefined): PlyType => {
    const type = TYPES[word ?? ""];
    if (!type) throw damaged(`it has numbers of type ${word}`);
    return type;
  };
  for (const line of text.slice(0, end.index).split(/\r?\n/).slice(1)) {
    const [word, a, b, c, d] = line.trim().split(/\s+/);
    if (word === "format") {
      if (a !== "ascii" && a !== "binary_little_endian" && a !== "binary_big_endian")
        throw damaged(`its format is ${a}`);
      format = a;
    } else if (word === "element") {
      const count = Number(b);
      if (!Number.isSafeInteger(count) || count < 0 || elements.length >= MAX_ELEMENTS)
        throw damaged(`it has ${b} of ${a}`);
      elements.push({ name: a ?? "", count, properties: [] });
    } else if (word === "property") {
      const element = elements.at(-1);
      if (!element || element.properties.length >= MAX_PROPERTIES)
        throw damaged("a property belongs to nothing");
      const property =
        a === "list"
          ? { name: d ?? "", type: typeOf(c), list: typeOf(b) }
          : { name: b ?? "", type: typeOf(a), list: undefined };
      element.properties.push(property);
    }
  }
  if (!format) throw damaged("it does not say its format");
  return { format, elements, length: end.index + end[0].length };
}
