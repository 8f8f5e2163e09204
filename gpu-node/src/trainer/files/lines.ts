/** Checks JSONL while it streams: memory is bounded by one line, and a complaint names the line. */
import { type ApiError, invalid } from "../http/api-error.ts";
import { complaintOf, type FileFormat, formatOf } from "./formats.ts";

/** Bytes of one line. */
export const MAX_LINE = 16 * 1024 * 1024;
/** Lines of one file. */
export const MAX_LINES = 100_000_000;

const NEWLINE = 10;

/** Reads one file. */
export class LineChecker {
  readonly #most: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #line = 1;
  #examples = 0;
  #format: FileFormat | undefined;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });

  constructor(most = MAX_LINE) {
    this.#most = most;
  }

  /** More of the file. @throws ApiError that names the line */
  feed(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#take();
      start = end + 1;
    }
    // The chunk's memory is the stream's again afterwards.
    this.#keep(Buffer.from(chunk.subarray(start)));
  }

  /** The end of the file. @throws ApiError that names the line, or says that nothing is in it */
  finish(): { readonly format: FileFormat; readonly lines: number } {
    this.#take();
    if (!this.#format) throw invalid("The file is empty: it needs at least one line.", "file", "empty");
    return { format: this.#format, lines: this.#examples };
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes > this.#most)
      throw this.#wrong(`is longer than ${Math.round(this.#most / 1024 ** 2)} MiB. Split it`);
    this.#parts.push(part);
  }

  #take(): void {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    this.#check(bytes);
    this.#line += 1;
    if (this.#line > MAX_LINES) throw this.#wrong("is one too many");
  }

  #check(bytes: Buffer): void {
    if (this.#line === 1) {
      const packed = packing(bytes);
      if (packed) throw this.#wrong(`is ${packed}, not text. Unpack the file and upload what is in it`);
    }
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      throw this.#wrong("is not UTF-8");
    }
    if (text.trim() === "") return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.slice(0, 200) : "";
      throw this.#wrong(`is not JSON (${why})`);
    }
    const format = formatOf(value);
    this.#format ??= format;
    if (!this.#format)
      throw this.#wrong(
        'has none of the known formats: "messages" (sft), "input" with "preferred_output" and "non_preferred_output" (dpo), "prompt" (grpo)',
      );
    const complaint = complaintOf(value, this.#format);
    if (complaint) throw this.#wrong(`is not right: ${complaint}`);
    if (format !== this.#format)
      throw this.#wrong(`has the format ${format}, and the lines before it ${this.#format}`);
    this.#examples += 1;
  }

  #wrong(what: string): ApiError {
    return invalid(`Line ${this.#line} ${what}.`, "file", "invalid_jsonl");
  }
}

/** What a file begins with that is no text. */
function packing(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return "a zip archive";
  if (bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return "zstd";
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") return "Parquet";
  return undefined;
}
