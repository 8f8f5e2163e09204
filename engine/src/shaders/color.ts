/** WGSL shared by slices and volumes: reading a value, and turning it into a colour. */
import type { TexelKind } from "../render/formats.ts";

/** The value of a texel, in units where the format's full range is 1 (floats: data units). */
export function texelValue(kind: TexelKind): string {
  if (kind === "rg8")
    return "fn texelValue(t: vec4f) -> f32 { return (t.r * 255.0 + t.g * 65280.0) / 65535.0; }";
  // Of colours how bright they are: what a volume is marched by.
  if (kind === "rgba8" || kind === "rgba32")
    return "fn texelValue(t: vec4f) -> f32 { return max(t.r, max(t.g, t.b)) * t.a; }";
  return "fn texelValue(t: vec4f) -> f32 { return t.r; }";
}

/**
 * `colorOf(value)`: contrast limits, gamma, table. Needs `u.limits` (low, high, gamma), `lut` and `lutSampler`. A value that is not a
 * number is transparent.
 */
export const COLOR = /* wgsl */ `
fn colorOf(value: f32) -> vec4f {
  // Written on the bits, since compilers may assume that x == x.
  if ((bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u) { return vec4f(0.0); }
  let low = min(u.limits.x, u.limits.y);
  let high = max(u.limits.x, u.limits.y);
  let t = clamp((clamp(value, low, high) - u.limits.x) / (u.limits.y - u.limits.x), 0.0, 1.0);
  let s = select(pow(t, u.limits.z), t, u.limits.z == 1.0);
  return textureSampleLevel(lut, lutSampler, vec2f(s, 0.5), 0.0);
}
`;
