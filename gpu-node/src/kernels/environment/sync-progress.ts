/** What `uv sync` says where there is no terminal, as progress for people; and what it complains of, as a sentence. */
import { lastLine, type Say } from "./python.ts";

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
/** Shares of the whole: fetching is most of it where the line is slow, compiling where it is fast. */
const FETCHED = 0.6;
const INSTALLED = 0.65;
const BEGUN = 0.15;

/** Reads uv's lines. Small packages are not announced; the large ones are nearly everything. */
export class SyncProgress {
  readonly #say: Say;
  readonly #sizes = new Map<string, number>();
  readonly #done = new Set<string>();
  #rest = "";

  constructor(say: Say) {
    this.#say = say;
  }

  /** Takes what came on standard error, in any pieces. */
  hear(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    const [, begun, size, unit] = /Downloading (\S+) \(([\d.]+)(B|[KMG]iB)\)/.exec(line) ?? [];
    const ended = /Downloaded (\S+)/.exec(line)?.[1];
    if (begun) this.#sizes.set(begun, Number(size) * (UNITS[unit ?? ""] ?? 0));
    if (ended) this.#done.add(ended);
    if (begun || ended) {
      let all = 0;
      let done = 0;
      for (const [name, bytes] of this.#sizes) {
        all += bytes;
        if (this.#done.has(name)) done += bytes;
      }
      const fraction = all > 0 ? BEGUN + (FETCHED - BEGUN) * (done / all) : BEGUN;
      this.#say(`Fetching packages: ${mebibytes(done)} of ${mebibytes(all)} MiB`, fraction);
      return;
    }
    const prepared = /Prepared (\d+) packages?/.exec(line)?.[1];
    if (prepared) this.#say(`Installing ${prepared} packages`, FETCHED);
    if (/Installed \d+ packages?/.test(line))
      this.#say("Compiling the packages; for large ones this takes a minute", INSTALLED);
  }
}

/** Why it failed and what to do, from all that uv said. */
export function whyNot(complaint: string): string {
  const what = lastLine({ stderr: complaint }).replace(/^error:\s*/i, "");
  if (/no space left|os error 28|disk quota/i.test(complaint))
    return `The packages could not be installed: the disk is full (${what}). Make room, then choose the kernel again.`;
  const unreachable = /client error \(Connect\)|dns error|timed out|Request failed|Failed to fetch/i.test(
    complaint,
  );
  if (!unreachable) return `The packages could not be installed: ${what}`;
  const host = /https?:\/\/([^/\s)]+)/.exec(complaint)?.[1] ?? "the package index";
  return `The packages could not be fetched: ${host} does not answer this machine (${what}). Connect it, or name another index in uv.toml; then choose the kernel again. What was fetched is kept.`;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
