/** Training as pages ask for it: OpenAI's addresses on the relay, which leads them to a node. */
import { ApiError, api, request } from "../services/api.ts";
import type { Queue } from "./live.ts";

/** A file to train on. */
export interface TrainingFile {
  readonly id: string;
  readonly filename: string;
  readonly bytes: number;
  readonly lines: number;
  readonly format: "sft" | "dpo" | "grpo" | "text";
  /** Seconds since 1970. */
  readonly created_at: number;
}

export type Method = "supervised" | "dpo" | "reinforcement";

/** A job. Times are seconds since 1970. */
export interface TuningJob {
  readonly id: string;
  readonly model: string;
  readonly status: string;
  readonly status_reason: string;
  readonly fine_tuned_model: string | null;
  readonly training_file: string;
  readonly validation_file: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly estimated_finish: number | null;
  readonly method: { readonly type: Method };
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly trained_tokens: number | null;
  readonly user_provided_suffix: string | null;
  readonly num_gpus: number;
  readonly devices: readonly string[];
  /** Null: it trains on the node. */
  readonly ray: { readonly address: string; readonly num_workers: number; readonly use_gpu: boolean } | null;
}

/** One line of a job's log. */
export interface JobEvent {
  readonly id: string;
  readonly created_at: number;
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly type: "message" | "metrics";
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** A state of the weights that is kept. */
export interface JobCheckpoint {
  readonly id: string;
  readonly created_at: number;
  readonly step_number: number;
  readonly fine_tuned_model_checkpoint: string;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Some of a list, and whether there are more. */
export interface List<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
}

const JOBS = "/v1/fine_tuning/jobs";

/** Everybody's own files, the newest first. @throws ApiError */
export const listFiles = async (): Promise<readonly TrainingFile[]> =>
  (await api<List<TrainingFile>>("GET", "/v1/files")).data;

/** @throws ApiError, where it was deleted too */
export const getFile = (id: string): Promise<TrainingFile> => api<TrainingFile>("GET", `/v1/files/${id}`);

/** @throws ApiError */
export const deleteFile = async (id: string): Promise<void> => {
  await api("DELETE", `/v1/files/${id}`);
};

/** One's jobs, the newest first. @throws ApiError */
export const listJobs = (limit: number): Promise<List<TuningJob>> =>
  api<List<TuningJob>>("GET", `${JOBS}?limit=${limit}`);

/** Who waits, and what GPUs are used for. @throws ApiError */
export const getQueue = (): Promise<Queue> => api<Queue>("GET", "/v1/monitor/queue");

/** @throws ApiError */
export const getJob = (id: string): Promise<TuningJob> => api<TuningJob>("GET", `${JOBS}/${id}`);

/** @throws ApiError that names the field that is wrong */
export const createJob = (body: Readonly<Record<string, unknown>>): Promise<TuningJob> =>
  api<TuningJob>("POST", JOBS, { body });

/** @throws ApiError */
export const moveJob = (id: string, move: "cancel" | "pause" | "resume"): Promise<TuningJob> =>
  api<TuningJob>("POST", `${JOBS}/${id}/${move}`);

/** Forgets a job that is over, and what it made. @throws ApiError */
export const deleteJob = async (id: string): Promise<void> => {
  await api("DELETE", `${JOBS}/${id}`);
};

/** Deletes a model that one's notebook kept. @throws ApiError */
export const deleteModel = async (id: string): Promise<void> => {
  await api("DELETE", `/v1/models/${encodeURIComponent(id)}`);
};

/** What was told, the newest first. @throws ApiError */
export const listEvents = (id: string, limit: number, after = ""): Promise<List<JobEvent>> =>
  api<List<JobEvent>>("GET", `${JOBS}/${id}/events?limit=${limit}${after && `&after=${after}`}`);

/** The end of what a job's program printed, at most `most` bytes. @throws ApiError */
export const readPrinted = async (id: string, most: number): Promise<string> =>
  (await request("GET", `/v1/monitor/jobs/${id}/logs?tail=${most}`)).text();

/** @throws ApiError */
export const listCheckpoints = async (id: string): Promise<readonly JobCheckpoint[]> =>
  (await api<List<JobCheckpoint>>("GET", `${JOBS}/${id}/checkpoints?limit=100`)).data;

/** The first lines of a file, without the rest of it. @throws ApiError */
export async function headOf(id: string, most: number, signal: AbortSignal): Promise<string[]> {
  const { body } = await request("GET", `/v1/files/${id}/content`, { signal });
  return body ? firstLines(body, most) : [];
}

/** At most `most` lines from the beginning of a stream, each cut at 20,000 characters; the rest is not read. */
export async function firstLines(body: ReadableStream<Uint8Array>, most: number): Promise<string[]> {
  const lines: string[] = [];
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  while (lines.length < most) {
    const { done, value } = await reader.read();
    if (done) {
      if (rest !== "") lines.push(rest);
      break;
    }
    const parts = (rest + value).split("\n");
    rest = (parts.pop() ?? "").slice(0, LONGEST);
    lines.push(...parts.slice(0, most - lines.length).map((line) => line.slice(0, LONGEST)));
    if (rest.length === LONGEST && lines.length < most) {
      lines.push(rest);
      break;
    }
  }
  await reader.cancel();
  return lines;
}
const LONGEST = 20_000;

/**
 * Sends a file to train on. `fetch` does not tell how far it is.
 * @param onProgress share that was sent, 0 to 1
 * @throws ApiError with the node's sentence, which names the line that is wrong
 */
export function uploadTraining(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<TrainingFile> {
  const body = new FormData();
  body.append("purpose", "fine-tune");
  body.append("file", file, file.name);
  const { promise, resolve, reject } = Promise.withResolvers<TrainingFile>();
  const ask = new XMLHttpRequest();
  ask.open("POST", "/v1/files");
  ask.responseType = "json";
  ask.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  ask.onload = () => {
    const answer = ask.response as { error?: { code?: string; message?: string } } | null;
    if (ask.status === 200) resolve(ask.response as TrainingFile);
    else
      reject(
        new ApiError(
          ask.status,
          answer?.error?.code ?? "failed",
          answer?.error?.message ?? `The relay answered ${ask.status}.`,
        ),
      );
  };
  ask.onerror = () => reject(new ApiError(0, "offline", "The relay cannot be reached from here."));
  ask.onabort = () => reject(signal.reason);
  signal.addEventListener("abort", () => ask.abort(), { once: true });
  ask.send(body);
  return promise;
}
