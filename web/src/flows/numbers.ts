/** Times of a run and numbers of many, made ready to be drawn. */
import type { Curve } from "../training/chart.ts";
import type { State } from "./api.ts";
import type { Throughput } from "./panel-api.ts";
import { isOver } from "./words.ts";

/** A state that a run came to; `at` is seconds since 1970. */
export interface Reached {
  readonly state: State;
  readonly at: number;
}
/** Time that a run spent in a state, in seconds. */
export interface Stay {
  readonly state: State;
  readonly seconds: number;
}

/** How long it was in each state, in order, until `now`; the last state of a run that is over lasts no time. */
export function staysOf(states: readonly Reached[], now: number): Stay[] {
  return states.flatMap(({ state, at }, i) => {
    if (isOver(state)) return [];
    const until = states[i + 1]?.at ?? now;
    return [{ state, seconds: Math.max(0, until - at) }];
  });
}

/** What the axis counts: minutes for some hours, hours for some days. */
export function unitOf(numbers: Throughput | undefined): string {
  return isShort(numbers) ? "minutes from now" : "hours from now";
}

function isShort(numbers: Throughput | undefined): boolean {
  return numbers === undefined || numbers.step * numbers.started.length <= 7200;
}

/** The curves; each part of the window stands at its end. */
export function curvesOf(numbers: Throughput | undefined): Curve[] {
  if (!numbers) return [];
  const unit = isShort(numbers) ? 60 : 3600;
  const { step, started, finished, failed } = numbers;
  const steps = started.map((_, i) => -Number((((started.length - 1 - i) * step) / unit).toFixed(2)));
  return [
    { label: "started", steps, values: started },
    { label: "failed", steps, values: failed },
    { label: "finished", steps, values: finished },
  ];
}
