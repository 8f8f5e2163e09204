/**
 * Makes a copy of a shared library load on an older glibc, by editing three tables of its ELF file.
 *
 * Compilers on glibc 2.38 and later bind strtol, strtoul and sscanf to new names (`__isoc23_strtol`, ...), which differ
 * only in reading binary literals. For each such symbol the copy names the old function again and asks for the base
 * version; the requirement of 2.38 becomes a weak one, which the loader does not insist on.
 */

const PREFIX = "__isoc23_";
const NEW_VERSION = "GLIBC_2.38";
/** The oldest version of glibc on each machine type (e_machine), which every glibc provides. */
const BASE_VERSION: Readonly<Record<number, string>> = { 62: "GLIBC_2.2.5", 183: "GLIBC_2.17" };
const VER_FLG_WEAK = 2;

/** The file is not a library that this can relink. */
export class RelinkError extends Error {
  override readonly name = "RelinkError";
}

interface Section {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly entry: number;
}

/**
 * A relinked copy of a 64-bit little-endian ELF library.
 * @returns the copy, and the names of the symbols that were bound anew; none when nothing asked for the new version.
 * @throws RelinkError when the file is not such a library, or needs more of glibc 2.38 than the three names.
 */
export function relink(library: Uint8Array): { bytes: Uint8Array; symbols: string[] } {
  try {
    return edit(library);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RelinkError("its tables point outside the file", { cause });
  }
}

function edit(library: Uint8Array): { bytes: Uint8Array; symbols: string[] } {
  const bytes = Buffer.from(library);
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) {
    throw new RelinkError("not a 64-bit little-endian ELF file");
  }
  const machine = bytes.readUInt16LE(18);
  const base = BASE_VERSION[machine];
  if (!base) throw new RelinkError(`machine type ${machine} is not known`);
  const sections = readSections(bytes);
  const find = (name: string): Section => {
    const section = sections.find((candidate) => candidate.name === name);
    if (!section) throw new RelinkError(`no section ${name}`);
    return section;
  };
  const strings = find(".dynstr");
  const text = (offset: number): string => readText(bytes, strings.offset + offset);

  const versions = readNeeded(bytes, find(".gnu.version_r").offset, text);
  const baseIndex = versions.find((version) => version.name === base)?.index;
  const wanted = versions.filter((version) => version.name === NEW_VERSION);
  if (wanted.length === 0) return { bytes, symbols: [] };
  if (baseIndex === undefined) throw new RelinkError(`no symbol of ${base} is used`);

  const symbols: string[] = [];
  const table = find(".dynsym");
  const versym = find(".gnu.version");
  for (let i = 0; i * table.entry < table.size; i++) {
    const symbol = table.offset + i * table.entry;
    const index = bytes.readUInt16LE(versym.offset + 2 * i) & 0x7fff;
    if (!wanted.some((version) => version.index === index)) continue;
    const nameOffset = bytes.readUInt32LE(symbol);
    const name = text(nameOffset);
    if (!name.startsWith(PREFIX)) throw new RelinkError(`${name} of ${NEW_VERSION} has no older form`);
    // The old name is the new one's suffix, so it stands in the string table already.
    bytes.writeUInt32LE(nameOffset + PREFIX.length, symbol);
    bytes.writeUInt16LE(baseIndex, versym.offset + 2 * i);
    symbols.push(name);
  }
  for (const version of wanted) {
    bytes.writeUInt16LE(bytes.readUInt16LE(version.at + 4) | VER_FLG_WEAK, version.at + 4);
  }
  return { bytes, symbols };
}

function readSections(bytes: Buffer): Section[] {
  const start = Number(bytes.readBigUInt64LE(40));
  const entry = bytes.readUInt16LE(58);
  const count = bytes.readUInt16LE(60);
  const namesIndex = bytes.readUInt16LE(62);
  const at = (index: number): number => {
    const offset = start + index * entry;
    if (offset + 64 > bytes.length) throw new RelinkError("the section table lies outside the file");
    return offset;
  };
  const names = Number(bytes.readBigUInt64LE(at(namesIndex) + 24));
  return Array.from({ length: count }, (_, index) => ({
    name: readText(bytes, names + bytes.readUInt32LE(at(index))),
    offset: Number(bytes.readBigUInt64LE(at(index) + 24)),
    size: Number(bytes.readBigUInt64LE(at(index) + 32)),
    entry: Number(bytes.readBigUInt64LE(at(index) + 56)),
  }));
}

/** The versions that the library needs of others: where each entry (Vernaux) lies, its index and name. */
function readNeeded(bytes: Buffer, start: number, text: (offset: number) => string) {
  const found: { at: number; index: number; name: string }[] = [];
  for (let file = start; ; ) {
    const count = bytes.readUInt16LE(file + 2);
    let at = file + bytes.readUInt32LE(file + 8);
    const library = text(bytes.readUInt32LE(file + 4));
    for (let i = 0; i < count; i++) {
      const name = text(bytes.readUInt32LE(at + 8));
      // Versions of libm and others are named alike and have indices of their own.
      if (library.startsWith("libc.so")) found.push({ at, index: bytes.readUInt16LE(at + 6), name });
      at += bytes.readUInt32LE(at + 12);
    }
    const next = bytes.readUInt32LE(file + 12);
    // Offsets only lead on, so that the walk ends.
    if (next === 0) return found;
    file += next;
  }
}

function readText(bytes: Buffer, offset: number): string {
  const end = bytes.indexOf(0, offset);
  if (offset > bytes.length || end < 0) throw new RelinkError("a name lies outside the file");
  return bytes.toString("latin1", offset, end);
}
