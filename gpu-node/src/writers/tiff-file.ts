/** The structure of a TIFF or BigTIFF file, written page by page. */
import type { FileHandle } from "node:fs/promises";

/** A tag: its number, its type (2 text, 3 short, 4 long, 16 long8) and its values. */
export type Tag = readonly [number: number, type: 2 | 3 | 4 | 16, values: readonly number[] | string];

const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 16: 8 };

/** Appends to a new file; the directories' chain is closed as pages come. */
export class TiffFileWriter {
  readonly #file: FileHandle;
  readonly #big: boolean;
  #end = 0;
  /** Where the offset of the next directory is to be put. */
  #link: number;

  private constructor(file: FileHandle, big: boolean) {
    this.#file = file;
    this.#big = big;
    this.#link = big ? 8 : 4;
  }

  /** @param big 64-bit offsets */
  static async begin(file: FileHandle, big: boolean): Promise<TiffFileWriter> {
    const writer = new TiffFileWriter(file, big);
    const head = Buffer.alloc(big ? 16 : 8);
    head.write("II", 0, "latin1");
    head.writeUInt16LE(big ? 43 : 42, 2);
    if (big) head.writeUInt16LE(8, 4);
    await writer.append(head);
    return writer;
  }

  /** Puts bytes at the end. @returns where they begin */
  async append(bytes: Uint8Array): Promise<number> {
    const at = this.#end;
    for (let done = 0; done < bytes.byteLength; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.byteLength - done, at + done);
      done += bytesWritten;
    }
    // Values begin at even bytes.
    this.#end = at + bytes.byteLength + (bytes.byteLength % 2);
    return at;
  }

  /** Puts a directory at the end, and its place into the one before. Tags must rise. */
  async page(tags: readonly Tag[]): Promise<void> {
    const word = this.#big ? 8 : 4;
    const count = this.#big ? 8 : 2;
    const each = this.#big ? 20 : 12;
    const directory = Buffer.alloc(count + tags.length * each + word);
    if (this.#big) directory.writeBigUInt64LE(BigInt(tags.length), 0);
    else directory.writeUInt16LE(tags.length, 0);
    for (const [i, [tag, type, values]] of tags.entries()) {
      const at = count + i * each;
      const bytes = typeof values === "string" ? Buffer.from(`${values}\0`, "utf8") : numbers(type, values);
      directory.writeUInt16LE(tag, at);
      directory.writeUInt16LE(type, at + 2);
      this.#put(directory, bytes.byteLength / (SIZES[type] ?? 1), at + 4);
      const place = at + 4 + word;
      if (bytes.byteLength <= word) bytes.copy(directory, place);
      else this.#put(directory, await this.append(bytes), place);
    }
    const offset = await this.append(directory);
    const link = Buffer.alloc(word);
    this.#put(link, offset, 0);
    await this.#file.write(link, 0, word, this.#link);
    this.#link = offset + directory.byteLength - word;
  }

  #put(target: Buffer, value: number, at: number): void {
    if (this.#big) target.writeBigUInt64LE(BigInt(value), at);
    else target.writeUInt32LE(value, at);
  }
}

function numbers(type: number, values: readonly number[]): Buffer {
  const size = SIZES[type] ?? 1;
  const bytes = Buffer.alloc(values.length * size);
  for (const [i, value] of values.entries()) {
    if (size === 2) bytes.writeUInt16LE(value, 2 * i);
    else if (size === 4) bytes.writeUInt32LE(value, 4 * i);
    else if (size === 8) bytes.writeBigUInt64LE(BigInt(value), 8 * i);
    else bytes.writeUInt8(value, i);
  }
  return bytes;
}
