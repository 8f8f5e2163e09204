/** The draw of lines of a width in canvas pixels. */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type LinesVariant, linesShader } from "../../shaders/lines.ts";
import type { Draw, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { isClipped } from "./frame.ts";
import { layoutOfTables } from "./layout.ts";

/** One row a segment: both ends, their colours and, of tracks, their times. */
export interface SegmentBuffers {
  readonly starts: GPUBuffer;
  readonly ends: GPUBuffer;
  readonly startColors: GPUBuffer;
  readonly endColors: GPUBuffer;
  readonly times?: GPUBuffer;
  readonly count: number;
}

/** Draws segments in order. */
export function linesDraw(
  layer: TableLayer,
  uniforms: Float32Array<ArrayBuffer>,
  { starts, ends, startColors, endColors, times, count }: SegmentBuffers,
  context: LayerContext,
): Draw {
  const buffers = [starts, ends, startColors, endColors, ...(times === undefined ? [] : [times])];
  return {
    label: layer.name,
    pipeline: context.pipeline(linesSpec({ timed: times !== undefined, clip: isClipped(layer) })),
    uniforms,
    box: context.clip,
    bindings: () => buffers.map((buffer, i) => ({ binding: i + 1, resource: { buffer } })),
    record: (pass) => pass.draw(6 * count),
  };
}

function linesSpec(variant: LinesVariant): ShaderSpec {
  return {
    name: `lines ${Object.values(variant).join(" ")}`,
    code: () => linesShader(variant),
    ...layoutOfTables(variant.timed ? 5 : 4),
  };
}
