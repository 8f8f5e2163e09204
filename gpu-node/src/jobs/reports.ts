/** What a job's program says on its pipe: one JSON object a line. It is people's code, so nothing of it is believed unread. */
import { posix } from "node:path";
import * as v from "valibot";
import type { EntryBody, Json, Reported } from "./job.ts";

/** Longest line that is read; what is longer is skipped, and said so. */
export const MAX_REPORT_BYTES = 1024 * 1024;

const Value: v.GenericSchema<unknown, Reported> = v.union([
  v.number(),
  v.picklist(["nan", "inf", "-inf"] as const),
]);
const Step = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(1024),
  v.check((path) => {
    const plain = posix.normalize(path);
    return !posix.isAbsolute(plain) && plain !== ".." && !plain.startsWith("../") && !path.includes("\0");
  }, "The path leads out of the job's folder"),
);
/** Came out of JSON.parse, so it is JSON. */
const Anything = v.custom<Json>((value) => value !== undefined);

const Report = v.variant("type", [
  v.object({
    type: v.literal("event"),
    level: v.optional(v.picklist(["info", "warn", "error"]), "info"),
    message: v.pipe(v.string(), v.maxLength(65_536)),
    data: v.optional(Anything),
  }),
  v.object({
    type: v.literal("metrics"),
    step: Step,
    values: v.record(v.pipe(v.string(), v.maxLength(200)), Value),
  }),
  v.object({ type: v.literal("checkpoint"), step: Step, path: Path }),
  v.object({ type: v.literal("result"), data: Anything }),
  v.object({ type: v.literal("paused") }),
]);

/** What some bytes of the pipe came to. */
export interface Reports {
  readonly entries: EntryBody[];
  /** The newest result among them. */
  result: Json | undefined;
  /** The program says that it has written its checkpoint and ends. */
  paused: boolean;
}

/** Bytes to reports, across chunks. Memory is bounded whatever comes. */
export class ReportReader {
  #parts: Buffer[] = [];
  #bytes = 0;
  #skipping = false;

  /** Reads more bytes. Lines that cannot be used become warnings. */
  read(chunk: Buffer): Reports {
    const found: Reports = { entries: [], result: undefined, paused: false };
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end), found);
      if (!this.#skipping) take(Buffer.concat(this.#parts).toString("utf8"), found);
      this.#parts = [];
      this.#bytes = 0;
      this.#skipping = false;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start), found);
    return found;
  }

  #keep(part: Buffer, found: Reports): void {
    if (this.#skipping || part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes <= MAX_REPORT_BYTES) {
      this.#parts.push(part);
      return;
    }
    this.#parts = [];
    this.#skipping = true;
    found.entries.push(
      warning(`The program reported a line of more than ${MAX_REPORT_BYTES} bytes; it was skipped.`),
    );
  }
}

function take(line: string, found: Reports): void {
  if (line.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    found.entries.push(warning(`The program reported a line that is not JSON: ${line.slice(0, 200)}`));
    return;
  }
  const read = v.safeParse(Report, value);
  if (!read.success) {
    const [issue] = read.issues;
    const where = v.getDotPath(issue) ?? "the line";
    found.entries.push(
      warning(`The program reported a line that is not a report (${where}: ${issue.message}).`),
    );
    return;
  }
  const report = read.output;
  if (report.type === "result") found.result = report.data;
  else if (report.type === "paused") found.paused = true;
  else if (report.type === "checkpoint")
    found.entries.push({ kind: "checkpoint", step: report.step, path: posix.normalize(report.path) });
  else {
    const { type, ...body } = report;
    found.entries.push({ kind: type, ...body } as EntryBody);
  }
}

function warning(message: string): EntryBody {
  return { kind: "event", level: "warn", message };
}
