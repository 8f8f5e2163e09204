/** What the draws of all tables have in common. */
import { type Column, type ColumnArray, columnExtent } from "../../data/table.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import { Derived } from "./derived.ts";
import type { Origin } from "./frame.ts";

/** The bind group of a shader that needs the uniforms, and columns that its vertices read. */
export function layoutOfTables(columns = 0): Pick<ShaderSpec, "layoutName" | "layout"> {
  return {
    layoutName: `table ${columns}`,
    layout: () => [
      {
        binding: 0,
        visibility: GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT,
        buffer: { type: "uniform", hasDynamicOffset: true },
      },
      ...Array.from(
        { length: columns },
        (_, i): GPUBindGroupLayoutEntry => ({
          binding: i + 1,
          visibility: GPUShaderStage.VERTEX,
          buffer: { type: "read-only-storage" },
        }),
      ),
    ],
  };
}

/** Tables are here as a whole or not at all. */
export function preparation(draws: readonly Draw[]): Preparation {
  return { draws, rehearsals: [], wanted: [], resident: 1, total: 1, complete: true };
}

const extents = new Derived<ColumnArray, { low: number[]; high: number[] }>(1);

/** The least and greatest of a column's numbers, looked for once. */
export function extentOf(place: Column): { low: readonly number[]; high: readonly number[] } {
  return extents.get(place.data, `${place.width}`, () => columnExtent(place));
}

/** The middle of the data on the displayed axes, as a whole number: small numbers then stay as they were. */
export function originOf(place: Column, displayed: readonly [number, number, number]): Origin {
  const { low, high } = extentOf(place);
  const middle = (axis: number): number => {
    if (axis < 0) return 0;
    const value = Math.round(((low[axis] ?? 0) + (high[axis] ?? 0)) / 2);
    return Number.isFinite(value) ? value : 0;
  };
  return [middle(displayed[0]), middle(displayed[1]), middle(displayed[2])];
}

const kept = new Derived<ColumnArray, Float32Array<ArrayBuffer>>(4);

/** Positions on the displayed axes, relative to an origin; 0 on an axis that the table lacks. */
export function triples(
  { data, width }: Column,
  displayed: readonly [number, number, number],
  origin: Origin,
): Float32Array<ArrayBuffer> {
  return kept.get(data, `${width}/${displayed.join()}/${origin.join()}`, () => {
    const count = data.length / width;
    const out = new Float32Array(count * 3);
    for (const [k, axis] of displayed.entries()) {
      if (axis < 0) continue;
      const zero = origin[k] ?? 0;
      for (let i = 0, from = axis; i < count; i++, from += width) out[i * 3 + k] = (data[from] ?? 0) - zero;
    }
    return out;
  });
}
