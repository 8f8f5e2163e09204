/** What runs came to, in numbers, read from the list of executions. */
import { DatabaseSync } from "node:sqlite";

/** Of one flow, in a window of time. Durations are seconds, of runs that finished. */
export interface FlowNumbers {
  readonly url: string;
  readonly count: number;
  readonly finished: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: number;
  /** Finished, of those that ended and were not cancelled: 0 to 1; null where there are none. */
  readonly success: number | null;
  readonly median: number | null;
  readonly p95: number | null;
  /** Runs that were started, in parts of the window, oldest first. */
  readonly recent: readonly number[];
}

/** How many began and ended, in parts of a window. `from` and `step` are seconds. */
export interface Throughput {
  readonly from: number;
  readonly step: number;
  readonly started: readonly number[];
  readonly finished: readonly number[];
  readonly failed: readonly number[];
}

/** Parts of a window: of the plot, of a flow's sparkline. */
const PARTS = 60;
const RECENT = 20;
/** Runs whose durations are looked at. */
const MAX_ROWS = 100_000;
const CANCELLED = "error = 'cancelled'";

/** A reader of its own: it writes nothing. */
export class Statistics {
  readonly #database: DatabaseSync;

  /** @param file of the list of executions, which is there */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#database.exec("PRAGMA busy_timeout = 2000");
  }

  /** By flow, those that ran most first. @param user undefined for everybody's; @param from seconds since 1970 */
  flows(user: string | undefined, from: number, now = Date.now() / 1000): FlowNumbers[] {
    const [where, values] = scope(user);
    const counts = this.#database
      .prepare(
        `SELECT flow, count(*) AS count, sum(state = 'finished') AS finished,
           sum(state = 'error' AND NOT (${CANCELLED})) AS failed, sum(state = 'error' AND ${CANCELLED}) AS cancelled
         FROM executions WHERE startup >= ? ${where} GROUP BY flow ORDER BY count DESC, flow LIMIT 200`,
      )
      .all(from, ...values);
    const durations = new Map<string, number[]>();
    const rows = this.#database
      .prepare(
        `SELECT flow, finish - startup AS took FROM executions
         WHERE startup >= ? AND state = 'finished' ${where} ORDER BY took LIMIT ${MAX_ROWS}`,
      )
      .all(from, ...values);
    for (const { flow, took } of rows) {
      const list = durations.get(String(flow)) ?? [];
      durations.set(String(flow), list);
      list.push(Number(took));
    }
    const recent = this.#recent(user, from, now);
    return counts.map((row) => {
      const url = String(row.flow);
      const [count, finished] = [Number(row.count), Number(row.finished)];
      const [failed, cancelled] = [Number(row.failed), Number(row.cancelled)];
      const took = durations.get(url) ?? [];
      return {
        ...{ url, count, finished, failed, cancelled, running: count - finished - failed - cancelled },
        success: finished + failed === 0 ? null : finished / (finished + failed),
        ...{ median: quantile(took, 0.5), p95: quantile(took, 0.95) },
        recent: recent.get(url) ?? [],
      };
    });
  }

  /** Everything together. */
  throughput(user: string | undefined, from: number, now = Date.now() / 1000): Throughput {
    const step = Math.max(1, (now - from) / PARTS);
    const [where, values] = scope(user);
    const binned = (time: string, state: string): number[] => {
      const bins = new Array<number>(PARTS).fill(0);
      const rows = this.#database
        .prepare(
          `SELECT min(${PARTS - 1}, CAST((${time} - ?1) / ?2 AS INTEGER)) AS bin, count(*) AS n FROM executions
           WHERE ${time} >= ?1 AND ${time} <= ?3 ${state} ${where.replaceAll("?", "?4")} GROUP BY bin`,
        )
        .all(from, step, now, ...values);
      for (const { bin, n } of rows) bins[Number(bin)] = Number(n);
      return bins;
    };
    return {
      ...{ from, step, started: binned("startup", "") },
      finished: binned("finish", "AND state = 'finished'"),
      failed: binned("finish", `AND state = 'error' AND NOT (${CANCELLED})`),
    };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #recent(user: string | undefined, from: number, now: number): Map<string, number[]> {
    const [where, values] = scope(user);
    const step = Math.max(1, (now - from) / RECENT);
    const rows = this.#database
      .prepare(
        `SELECT flow, min(${RECENT - 1}, CAST((startup - ?1) / ?2 AS INTEGER)) AS bin, count(*) AS n FROM executions
         WHERE startup >= ?1 ${where.replaceAll("?", "?3")} GROUP BY flow, bin`,
      )
      .all(from, step, ...values);
    const all = new Map<string, number[]>();
    for (const { flow, bin, n } of rows) {
      const bins = all.get(String(flow)) ?? new Array<number>(RECENT).fill(0);
      all.set(String(flow), bins);
      bins[Number(bin)] = Number(n);
    }
    return all;
  }
}

/** A quantile of sorted values, as the next one above it; null where there are none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
}

function scope(user: string | undefined): [string, string[]] {
  return user === undefined ? ["", []] : ["AND user = ?", [user]];
}
