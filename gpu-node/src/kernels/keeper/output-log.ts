/**
 * The log of one execution. Text is gathered for a moment before it is written, the longer the more the log holds already, so that
 * neither a flood of prints nor a progress bar of many hours fills it with crumbs. Beyond its limit all text goes into one file.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statfsSync,
  writeSync,
} from "node:fs";
import type { OutputItem } from "@eyepiece/protocol/kernel/messages.ts";

/** Limits of a log. */
export interface LogLimits {
  readonly bytes: number;
  readonly items: number;
  /** Of the file that takes what does not fit. */
  readonly wholeBytes: number;
}

/** What logs are limited to unless told otherwise. */
export const LOG_LIMITS: LogLimits = { bytes: 8 << 20, items: 10_000, wholeBytes: 1 << 30 };

/** Errors, results and other things that are not text have this much room more, so that a cell's end is seen. */
const EXTRA = { bytes: 1 << 20, items: 200 };
const FLUSH_MS = 20;
const FLUSH_BYTES = 64 * 1024;
const PIECE = 128 * 1024;
/** Disk that stays free for what people save. */
const SPARE_BYTES = 64 << 20;

/** Where a log's pieces go. */
export interface LogSink {
  /** Items were written; `from` is the number of the first. */
  written(from: number, items: readonly OutputItem[]): void;
  /** A sentence for people: the disk is full. */
  trouble(text: string): void;
}

/** Writes one execution's items. */
export class OutputLog {
  readonly #file: string;
  readonly #whole: string;
  readonly #sink: LogSink;
  readonly #limits: LogLimits;
  #pending: OutputItem[] = [];
  #pendingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #flushed = 0;
  #items: number;
  #bytes: number;
  #cutBytes = 0;
  #cutTold = -1;
  #wholeBytes = 0;
  #isCut = false;
  #troubled = false;

  constructor(file: string, whole: string, sink: LogSink, limits: LogLimits = LOG_LIMITS) {
    this.#file = file;
    this.#whole = whole;
    this.#sink = sink;
    this.#limits = limits;
    const { items, bytes } = repair(file);
    this.#items = items;
    this.#bytes = bytes;
    this.#isCut = existsSync(whole);
  }

  /** Items that are in the file. */
  get items(): number {
    return this.#items;
  }

  /** Adds an item; it is in the file after a moment, or at once where nothing was added for a while. */
  add(item: OutputItem): void {
    const last = this.#pending.at(-1);
    if (item.op === "stream") {
      this.#pendingBytes += item.text.length;
      if (last?.op === "stream" && last.name === item.name) {
        this.#pending[this.#pending.length - 1] = { ...last, text: rewound(last.text, item.text) };
      } else this.#pending.push(item);
    } else if (item.op === "update") {
      // Only the newest state of a display is ever shown.
      this.#pending = this.#pending.filter(
        (one) => one.op !== "update" || one.display_id !== item.display_id,
      );
      this.#pending.push(item);
    } else {
      this.#pending.push(item);
    }
    if (this.#pendingBytes >= FLUSH_BYTES) this.flush();
    else this.#schedule();
  }

  /** Writes what was gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
    this.#flushed = performance.now();
    const items = this.#pending.flatMap(pieces);
    this.#pending = [];
    this.#pendingBytes = 0;
    const fits: OutputItem[] = [];
    let bytes = 0;
    for (const item of items) {
      const size = JSON.stringify(item).length;
      if (this.#room(item, fits.length, bytes + size)) {
        fits.push(item);
        bytes += size;
        if (this.#isCut) this.#appendWhole(plainText(item));
      } else this.#overflow(item, fits);
    }
    this.#write(fits);
  }

  /** Writes what was gathered, and how much did not fit. */
  end(): void {
    this.flush();
    if (this.#isCut && this.#cutBytes !== this.#cutTold) this.#write([this.#cut()]);
  }

  #schedule(): void {
    if (this.#timer || this.#soon) return;
    const wait = FLUSH_MS * 2 ** Math.floor((this.#items * 10) / this.#limits.items);
    const since = performance.now() - this.#flushed;
    if (since >= wait && this.#pendingBytes < 4096) {
      // The first line after a silence is not kept waiting; it leaves with what else came in this turn.
      // A timer of 0 would be one of a millisecond.
      this.#soon = setImmediate(() => this.flush());
    } else this.#timer = setTimeout(() => this.flush(), wait);
  }

  #room(item: OutputItem, items: number, bytes: number): boolean {
    const text = item.op === "stream";
    if (text && this.#isCut) return false;
    const extra = text ? { bytes: 0, items: 0 } : EXTRA;
    return (
      this.#items + items < this.#limits.items + extra.items &&
      this.#bytes + bytes <= this.#limits.bytes + extra.bytes
    );
  }

  #overflow(item: OutputItem, fits: OutputItem[]): void {
    const text = plainText(item);
    if (!this.#isCut) {
      this.#isCut = true;
      // The file is whole by itself: it begins with the text that is in the log.
      const before = [...linesOf(this.#file), ...fits].map(plainText).join("");
      this.#appendWhole(before);
      this.#appendWhole(text);
      this.#cutBytes += Buffer.byteLength(text);
      this.#cutTold = this.#cutBytes;
      fits.push(this.#cut());
      return;
    }
    this.#appendWhole(text);
    this.#cutBytes += Buffer.byteLength(text);
  }

  #cut(): OutputItem {
    this.#cutTold = this.#cutBytes;
    const file = this.#whole.slice(this.#whole.lastIndexOf("/") + 1);
    return { op: "cut", bytes: this.#cutBytes, file };
  }

  #appendWhole(text: string): void {
    const bytes = Buffer.from(text);
    if (bytes.byteLength === 0 || this.#wholeBytes + bytes.byteLength > this.#limits.wholeBytes) return;
    this.#guarded(() => {
      const disk = statfsSync(this.#file);
      if (disk.bavail * disk.bsize < SPARE_BYTES + bytes.byteLength)
        throw new Error("the disk is almost full");
      appendFileSync(this.#whole, bytes, { mode: 0o600 });
      this.#wholeBytes += bytes.byteLength;
    });
  }

  #write(items: readonly OutputItem[]): void {
    if (items.length === 0) return;
    const bytes = Buffer.from(items.map((item) => `${JSON.stringify(item)}\n`).join(""));
    const done = this.#guarded(() => {
      const handle = openSync(this.#file, "a+", 0o600);
      const before = fstatSync(handle).size;
      try {
        if (writeSync(handle, bytes) < bytes.byteLength) throw new Error("the disk is full");
      } catch (cause) {
        // Half a line would hide what comes after it.
        ftruncateSync(handle, before);
        throw cause;
      } finally {
        closeSync(handle);
      }
    });
    if (!done) return;
    const from = this.#items;
    this.#items += items.length;
    this.#bytes += bytes.byteLength;
    this.#sink.written(from, items);
  }

  /** Runs a write; a full disk costs the output, not the kernel, and is told once. */
  #guarded(write: () => void): boolean {
    try {
      write();
      this.#troubled = false;
      return true;
    } catch (cause) {
      if (!this.#troubled) {
        this.#troubled = true;
        const why = cause instanceof Error ? cause.message : String(cause);
        this.#sink.trouble(
          `Output of this cell cannot be kept (${why}). The cell goes on; free some space on the node's disk to keep what it prints.`,
        );
      }
      return false;
    }
  }
}

/** A long text in pieces, so that a log is cut close to its limit and no line of it is long. */
function pieces(item: OutputItem): OutputItem[] {
  if (item.op !== "stream" || item.text.length <= PIECE) return [item];
  const list: OutputItem[] = [];
  for (let at = 0; at < item.text.length; ) {
    let end = Math.min(at + PIECE, item.text.length);
    // The two halves of a character beyond the basic plane stay together.
    if (end < item.text.length && (item.text.charCodeAt(end) & 0xfc00) === 0xdc00) end += 1;
    list.push({ ...item, text: item.text.slice(at, end) });
    at = end;
  }
  return list;
}

/** Text in a log, without what is not text. */
function plainText(item: OutputItem): string {
  if (item.op === "stream") return item.text;
  if (item.op === "error") return `${item.traceback.join("\n")}\n`;
  if (item.op === "display" || item.op === "result") {
    const text = item.data["text/plain"];
    return typeof text === "string" ? `${text}\n` : "";
  }
  return "";
}

/** Two texts of a stream in one: a last line that a carriage return takes back, and writes over in full, is left out. */
export function rewound(before: string, text: string): string {
  if (!text.startsWith("\r") || text.startsWith("\r\n")) return before + text;
  const at = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r"));
  const old = before.slice(at + 1);
  const end = /[\r\n\b]/.exec(text.slice(1))?.index ?? text.length - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences take no room on a line
  const over = text.slice(1, 1 + end).replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
  if (old.includes("\b") || over.length < old.length) return before + text;
  // The carriage return that begins the line stays or goes with the line: a second one says the same.
  const kept = before[at] === "\r" ? before.slice(0, at) : before.slice(0, at + 1);
  return kept + text;
}

function linesOf(file: string): OutputItem[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as OutputItem);
}

/** Takes off half a line that a kill left at the end, and counts. */
function repair(file: string): { items: number; bytes: number } {
  if (!existsSync(file)) {
    closeSync(openSync(file, "a", 0o600));
    return { items: 0, bytes: 0 };
  }
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.byteLength) {
    const handle = openSync(file, "r+");
    ftruncateSync(handle, end);
    closeSync(handle);
  }
  let items = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) items += 1;
  return { items, bytes: end };
}
