/** What people wish for their runs, and numbers of them, as pages ask the node. */
import { ask } from "./api.ts";

/** Of one flow, in a window of time. Durations are seconds. */
export interface FlowNumbers {
  readonly url: string;
  readonly summary: string;
  /** Null where there is no such flow any more. */
  readonly uid: string | null;
  readonly count: number;
  readonly finished: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: number;
  /** 0 to 1; null where nothing has ended. */
  readonly success: number | null;
  readonly median: number | null;
  readonly p95: number | null;
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

export interface Statistics {
  readonly hours: number;
  readonly flows: readonly FlowNumbers[];
  readonly throughput: Throughput;
}

/** @param everybody for owners only @throws ApiError */
export const getStatistics = (hours: number, everybody = false): Promise<Statistics> =>
  ask<Statistics>("GET", `/statistics?hours=${hours}${everybody ? "&scope=all" : ""}`);

/** A form that the clock hands in. Times are ISO 8601. */
export interface Schedule {
  readonly id: string;
  readonly flow: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cron: string;
  readonly timezone: string;
  readonly enabled: boolean;
  readonly retries: number;
  readonly webhook: string | null;
  readonly next: string | null;
  readonly last: string | null;
  readonly last_run: string | null;
  readonly why: string;
}
export type ScheduleWish = Omit<Schedule, "id" | "next" | "last" | "last_run" | "why">;

/** @throws ApiError */
export const listSchedules = (): Promise<readonly Schedule[]> => ask("GET", "/schedule");
/** @throws ApiError */
export const addSchedule = (wish: ScheduleWish): Promise<Schedule> => ask("POST", "/schedule", wish);
/** @throws ApiError */
export const changeSchedule = (schedule: Schedule): Promise<Schedule> =>
  ask("PUT", `/schedule/${schedule.id}`, schedule);
/** @throws ApiError */
export const removeSchedule = (id: string): Promise<void> => ask("DELETE", `/schedule/${id}`);
/** When a schedule would come next, a few times. @throws ApiError with what is wrong with it */
export const scheduleTimes = async (cron: string, timezone: string): Promise<readonly string[]> =>
  (await ask<{ times: readonly string[] }>("POST", "/schedule/times", { cron, timezone })).times;

/** Values of a form under a name. */
export interface Preset {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @throws ApiError */
export const listPresets = (flow: string): Promise<readonly Preset[]> =>
  ask("GET", `/preset?${new URLSearchParams({ flow })}`);
/** @throws ApiError */
export const keepPreset = (flow: string, preset: Preset): Promise<Preset> =>
  ask("PUT", "/preset", { flow, ...preset });
/** @throws ApiError */
export const removePreset = (flow: string, name: string): Promise<void> =>
  ask("DELETE", `/preset?${new URLSearchParams({ flow, name })}`);

/** What follows on a run. */
export interface Launch {
  readonly state: "none" | "waiting" | "retrying" | "delivering" | "done" | "failed";
  readonly attempt: number;
  readonly retries: number;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly webhook: string | null;
  readonly tries?: number;
  readonly next?: string | null;
  readonly why?: string;
}
/** @throws ApiError */
export const getLaunch = (fid: string): Promise<Launch> => ask("GET", `/launch/${fid}`);
/** By what the word of a run's end is signed. @throws ApiError */
export const webhookKey = async (): Promise<string> =>
  (await ask<{ key: string }>("GET", "/webhook/key")).key;
