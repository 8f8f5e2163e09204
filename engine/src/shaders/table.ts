/** WGSL that all layers over tables share: the frame's uniforms, clipping planes, packed colours. */

/**
 * The uniform block; `own` names what the layer type keeps in floats 24 to 51 (seven vec4f: own[0] to own[6]).
 * `project(p)` puts a data triple on the screen, `isCut(p)` tells whether a clipping plane takes it away.
 */
export function tableHeader(clip: boolean): string {
  return /* wgsl */ `
struct Uniforms {
  toClip: mat4x4f,
  opacity: f32, ratio: f32, planes: f32, zoom: f32,
  // 2 / the target's size, and the least w that is drawn.
  perPixel: vec2f, near: f32, pad: f32,
  own: array<vec4f, 7>,
  plane: array<vec4f, 16>,
};
@group(0) @binding(0) var<uniform> u: Uniforms;
fn project(p: vec3f) -> vec4f { return u.toClip * vec4f(p, 1.0); }
// Behind every far plane.
const NOWHERE = vec4f(0.0, 0.0, 2.0, 1.0);
${
  clip
    ? `fn isCut(p: vec3f) -> bool {
  for (var i = 0; i < i32(u.planes); i++) {
    if (dot(u.plane[i].xyz, p) + u.plane[i].w < 0.0) { return true; }
  }
  return false;
}`
    : ""
}
`;
}

/** Of six vertices the corner of a quad that each stands at: bit 0 right, bit 1 down. */
export const QUAD_CORNER = "array<u32, 6>(0u, 1u, 2u, 2u, 1u, 3u)[index % 6u]";
