/** Curves against steps, time or FLOPs. Pure. */
import type { Curve } from "../training/chart.ts";

/** What the horizontal axis counts. */
export const AXES = ["steps", "time", "FLOPs"] as const;
export type Axis = (typeof AXES)[number];

/** A metric's points by step. */
export interface Points {
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
}

/** Metrics by name, of one stage. */
export type Metrics = Readonly<Record<string, Points>>;

/** The metric that says how far an axis has come at a step. */
const COUNTS = { time: "seconds", FLOPs: "flops" } as const;
const TIMES = [
  [3 * 3600, 3600, "hours"],
  [600, 60, "minutes"],
  [10, 1, "seconds"],
  [0, 0.001, "milliseconds"],
] as const;
const SIZES = ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP", "ZFLOP"] as const;

/** What an axis is counted in, so that whole numbers tell places on it apart: its name, and how much one of it is. */
export function unitOf(axis: Axis, most: number): { readonly unit: string; readonly each: number } {
  if (axis === "steps") return { unit: "step", each: 1 };
  if (axis === "time") {
    const [, each, unit] = TIMES.find(([least]) => most >= least) ?? TIMES[3];
    return { unit, each };
  }
  const power = Math.max(0, Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, most) / 10) / 3)));
  return { unit: SIZES[power] ?? "FLOP", each: 1000 ** power };
}

/** Where each step is on an axis; undefined where nobody said. */
export function placesOf(metrics: Metrics, axis: Axis): (step: number) => number | undefined {
  if (axis === "steps") return (step) => step;
  const counted = metrics[COUNTS[axis]];
  const at = new Map(counted?.steps.map((step, i) => [step, counted.values[i] ?? undefined]));
  return (step) => at.get(step);
}

/** Some curves of one metric over the same axis. @param of what each is called, and where it is from */
export function curvesOver(
  of: readonly { readonly label: string; readonly metrics: Metrics; readonly metric: string }[],
  axis: Axis,
): { readonly curves: readonly Curve[]; readonly unit: string } {
  const placed = of.flatMap(({ label, metrics, metric }) => {
    const points = metrics[metric];
    if (!points) return [];
    const place = placesOf(metrics, axis);
    const found = points.steps.flatMap((step, i) => {
      const x = place(step);
      return x === undefined ? [] : [{ x, y: points.values[i] ?? null }];
    });
    // Time may have been counted anew by a later start.
    found.sort((a, b) => a.x - b.x);
    return found.length > 0 ? [{ label, found }] : [];
  });
  const most = Math.max(0, ...placed.map(({ found }) => found.at(-1)?.x ?? 0));
  const { unit, each } = unitOf(axis, most);
  const curves = placed.map(({ label, found }) => ({
    label,
    steps: found.map(({ x }) => Number((x / each).toPrecision(6))),
    values: found.map(({ y }) => y),
  }));
  return { curves, unit };
}
