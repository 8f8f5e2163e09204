/** The draw of plain triangles. */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { meshShader } from "../../shaders/mesh.ts";
import type { Draw, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { isClipped } from "./frame.ts";
import { layoutOfTables } from "./layout.ts";

/** Buffers of triangles with a colour for each vertex. */
export interface MeshBuffers {
  readonly positions: GPUBuffer;
  readonly colors: GPUBuffer;
  readonly indices: GPUBuffer;
  readonly count: number;
}

/** Draws triangles in the order of their indices. */
export function meshDraw(
  layer: TableLayer,
  uniforms: Float32Array<ArrayBuffer>,
  { positions, colors, indices, count }: MeshBuffers,
  context: LayerContext,
): Draw {
  return {
    label: layer.name,
    pipeline: context.pipeline(meshSpec(isClipped(layer))),
    uniforms,
    box: context.clip,
    bindings: () => [],
    record(pass) {
      pass.setVertexBuffer(0, positions);
      pass.setVertexBuffer(1, colors);
      pass.setIndexBuffer(indices, "uint32");
      pass.drawIndexed(count);
    },
  };
}

function meshSpec(clip: boolean): ShaderSpec {
  return {
    name: `mesh ${clip}`,
    code: () => meshShader(clip),
    ...layoutOfTables(),
    vertexBuffers: [
      { arrayStride: 12, attributes: [{ shaderLocation: 0, offset: 0, format: "float32x3" }] },
      { arrayStride: 4, attributes: [{ shaderLocation: 1, offset: 0, format: "unorm8x4" }] },
    ],
  };
}
