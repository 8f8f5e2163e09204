/**
 * Crowds in 3D while the view moves, where the adapter computes on the CPU: discs, lines and triangles with a depth each, computed here and drawn
 * as one rectangle that writes depth. When the view is at rest they are drawn as everywhere.
 */
import type { TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Draw, ShaderSpec } from "../../draw.ts";
import type { LayerContext } from "../../layer-context.ts";
import { DepthPixels, type DepthPlace } from "./depth-pixels.ts";

/** Fewer items than these are as quick as triangles. */
const LEAST = 400;

/** Pixels of the last size, used again. */
let kept: DepthPixels | undefined;

/** Whether a layer's draft is a crowd. */
export function isCrowd(layer: TableLayer, items: number, context: LayerContext): boolean {
  const { blending, experimental_clipping_planes: planes } = layer;
  const { camera, ndisplay } = context.cell;
  // Where items are added to each other, too, one that is seen tells where they are.
  const plain = blending !== "minimum" && blending !== "multiplicative";
  const parallel = ndisplay === 3 && camera.perspective === 0;
  if (!context.software || !context.draft || !parallel || !plain) return false;
  return items >= LEAST && !planes.some((plane) => plane.enabled);
}

/** Draws what `fill` fills. `uniforms` are the frame's, whose matrix leads to the target. */
export function crowdDraw(
  layer: TableLayer,
  uniforms: Float32Array,
  context: LayerContext,
  fill: (pixels: DepthPixels, place: DepthPlace) => void,
): Draw {
  const { device, target, depth } = context;
  const { width, height } = target;
  const spec = crowdSpec(depth);
  const pipeline = context.pipeline(spec);
  const held = context.residency.pool.use(`crowd/${layer.id}/${width}x${height}`, () => {
    const texture = (format: GPUTextureFormat): GPUTexture =>
      device.createTexture({
        label: `crowd ${layer.name}`,
        size: [width, height],
        format,
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
    const value = { colors: texture("rgba8unorm"), depths: texture("r32float") };
    const destroy = (): void => {
      value.colors.destroy();
      value.depths.destroy();
    };
    return { value, bytes: width * height * 8, destroy };
  });
  if (kept === undefined || kept.width !== width || kept.height !== height)
    kept = new DepthPixels(width, height);
  kept.clear();
  // What does not write its depth is drawn in order, the last one over the others.
  fill(kept, {
    toClip: uniforms,
    width,
    height,
    tested: depth && (layer.blending === "opaque" || layer.blending === "translucent"),
  });
  const layout = { bytesPerRow: width * 4 };
  device.queue.writeTexture({ texture: held.colors }, kept.values, layout, [width, height]);
  if (depth) device.queue.writeTexture({ texture: held.depths }, kept.depth, layout, [width, height]);
  return {
    label: layer.name,
    pipeline,
    uniforms: Float32Array.of(layer.opacity, 0, 0, 0),
    box: context.clip,
    bindings: () => [
      { binding: 1, resource: held.colors.createView() },
      { binding: 2, resource: held.depths.createView() },
    ],
  };
}

const crowdSpec = (depth: boolean): ShaderSpec => ({
  name: `crowd ${depth}`,
  code: () => /* wgsl */ `
@group(0) @binding(0) var<uniform> own: vec4f;
@group(0) @binding(1) var colors: texture_2d<f32>;
@group(0) @binding(2) var depths: texture_2d<f32>;
struct Fragment { @location(0) color: vec4f, ${depth ? "@builtin(frag_depth) depth: f32," : ""} };
@vertex fn vs(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i32(i & 1u) * 4 - 1), f32(i32(i >> 1u) * 4 - 1), 0.0, 1.0);
}
@fragment fn fs(@builtin(position) at: vec4f) -> Fragment {
  let place = vec2i(floor(at.xy));
  let color = textureLoad(colors, place, 0);
  var out: Fragment;
  if (color.a == 0.0) { discard; }
  out.color = vec4f(color.rgb, color.a * own.x);
  ${depth ? "out.depth = textureLoad(depths, place, 0).r;" : ""}
  return out;
}
`,
  layoutName: "crowd",
  layout: () => [
    {
      binding: 0,
      visibility: GPUShaderStage.FRAGMENT,
      buffer: { type: "uniform", hasDynamicOffset: true },
    },
    { binding: 1, visibility: GPUShaderStage.FRAGMENT, texture: { sampleType: "float" } },
    { binding: 2, visibility: GPUShaderStage.FRAGMENT, texture: { sampleType: "unfilterable-float" } },
  ],
});
