/** The order of a series' slices: along the normal of their planes. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";

/** What of a slice decides its place. */
export interface Slice {
  readonly instance: number;
  readonly order: number;
  readonly position: readonly number[] | undefined;
  readonly orientation: readonly number[] | undefined;
}

/** Millimetres within which two slices are at the same place, and two directions the same. */
const SAME = 1e-3;

/**
 * Volumes of slices, the first slice first. Slices without positions follow their instance numbers; several slices at each
 * place are several volumes.
 * @returns also the way from one slice to the next; undefined where it is not known
 * @throws SourceError where slices are turned against each other
 */
export function sortSlices<T extends Slice>(
  slices: readonly T[],
): { volumes: T[][]; step: number[] | undefined } {
  const byInstance = (a: Slice, b: Slice) => a.order - b.order || a.instance - b.instance;
  const [first] = slices;
  const axes = first?.orientation;
  if (!first || !axes || slices.some(({ position, orientation }) => !position || !orientation))
    return { volumes: [slices.toSorted((a, b) => a.instance - b.instance)], step: undefined };
  for (const { orientation } of slices) {
    if (orientation?.some((value, i) => Math.abs(value - (axes[i] ?? 0)) > 0.01))
      throw new SourceError(
        "The series has slices of different directions, which are no volume: open them one by one.",
      );
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = axes;
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  const depth = ({ position }: Slice) =>
    normal.reduce((sum, value, i) => sum + value * (position?.[i] ?? 0), 0);
  const sorted = slices
    .map((slice) => ({ slice, at: depth(slice) }))
    .sort((x, y) => x.at - y.at || byInstance(x.slice, y.slice));
  const places: { at: number; slices: T[] }[] = [];
  for (const { slice, at } of sorted) {
    const last = places.at(-1);
    if (last && Math.abs(at - last.at) < SAME) last.slices.push(slice);
    else places.push({ at, slices: [slice] });
  }
  const count = places[0]?.slices.length ?? 1;
  if (places.some((place) => place.slices.length !== count))
    throw new SourceError(
      "The series has several slices at some places and not at others: a part of its files is missing or doubled.",
    );
  const volumes = Array.from({ length: count }, (_, volume) =>
    places.flatMap((place) => place.slices[volume] ?? []),
  );
  const gaps = places
    .slice(1)
    .map((place, i) => place.at - (places[i]?.at ?? 0))
    .sort((x, y) => x - y);
  const gap = gaps[Math.floor(gaps.length / 2)];
  return { volumes, step: gap === undefined ? undefined : normal.map((value) => value * gap) };
}
