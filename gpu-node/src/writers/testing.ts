/** For tests: what a source holds. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { readRegion } from "../readers/region.ts";

/** A whole level as plain numbers. */
export async function readLevel(
  source: ChunkSource,
  level = 0,
): Promise<{ shape: readonly number[]; values: number[] }> {
  const shape = source.levels[level]?.shape ?? [];
  const data = await readRegion(
    source,
    level,
    shape.map(() => 0),
    shape,
  );
  return { shape, values: Array.from(data as ArrayLike<number>, Number) };
}
