/** Results of many evaluations as one table: a row for each model, with the newest score of each benchmark. Pure. */
import type { Benchmark } from "../nanochat/api.ts";
import type { Result } from "./api.ts";

/** A model and its newest results by benchmark. */
export interface Row {
  readonly model: string;
  readonly results: Readonly<Record<string, Result>>;
}

/** See the file's comment. @param results the newest first */
export function rowsOf(results: readonly Result[]): Row[] {
  const rows = new Map<string, Record<string, Result>>();
  for (const result of results) {
    const row = rows.get(result.model) ?? {};
    rows.set(result.model, row);
    row[result.benchmark] ??= result;
  }
  return [...rows].map(([model, found]) => ({ model, results: found }));
}

/** Which models are best at a benchmark; none where there is nothing to compare. */
export function bestAt(
  rows: readonly Row[],
  { id, better }: Pick<Benchmark, "id" | "better">,
): ReadonlySet<string> {
  const scores = rows.flatMap(({ model, results }) => {
    const found = results[id];
    return found ? [{ model, score: found.score }] : [];
  });
  if (scores.length < 2) return new Set();
  const values = scores.map(({ score }) => score);
  const best = better === "lower" ? Math.min(...values) : Math.max(...values);
  if (values.every((value) => value === best)) return new Set();
  return new Set(scores.flatMap(({ model, score }) => (score === best ? [model] : [])));
}
