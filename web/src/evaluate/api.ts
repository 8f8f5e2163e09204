/** Evaluations as the page asks for them: the NanoChat Platform's addresses on the relay. */
import type { Benchmark, Score } from "../nanochat/api.ts";
import { api } from "../services/api.ts";

/** One model's evaluation. Times are seconds since 1970. */
export interface Evaluation {
  readonly id: string;
  /** Those that were asked for together. */
  readonly run: string;
  readonly model: string;
  readonly benchmarks: readonly string[];
  readonly status: string;
  readonly status_reason: string;
  readonly created_at: number;
  readonly finished_at: number | null;
  /** Benchmarks that are done. */
  readonly done: number;
}

/** One benchmark's result of one evaluation. */
export type Result = Evaluation & Score & { readonly benchmark: string; readonly chance: number | null };

interface List<T> {
  readonly data: readonly T[];
}

/** @throws ApiError, as all of these */
export const listBenchmarks = async (): Promise<readonly Benchmark[]> =>
  (await api<List<Benchmark>>("GET", "/api/eval/benchmarks")).data;

/** Models that can be evaluated, by name. */
export const listEvaluated = async (): Promise<readonly string[]> =>
  (await api<List<{ readonly id: string }>>("GET", "/api/eval/models")).data.map(({ id }) => id);

/** One's evaluations, the newest first. */
export const listEvaluations = async (): Promise<readonly Evaluation[]> =>
  (await api<List<Evaluation>>("GET", "/api/eval/status")).data;

/** Their results. */
export const listResults = async (): Promise<readonly Result[]> =>
  (await api<List<Result>>("GET", "/api/eval/results")).data;

/** Begins one evaluation for each model. */
export const evaluate = async (
  models: readonly string[],
  benchmarks: readonly string[],
): Promise<readonly Evaluation[]> =>
  (await api<List<Evaluation>>("POST", "/api/eval/run", { body: { models, benchmarks } })).data;

/** Forgets an evaluation. */
export const deleteEvaluation = async (id: string): Promise<void> => {
  await api("DELETE", `/v1/nanochat/evaluations/${id}`);
};
