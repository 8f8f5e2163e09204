/** The compositor's shaders. */

const TRIANGLE = /* wgsl */ `
struct Corner { @builtin(position) position: vec4f, @location(0) uv: vec2f }

@vertex fn corner(@builtin(vertex_index) index: u32) -> Corner {
  let uv = vec2f(f32((index << 1u) & 2u), f32(index & 2u));
  return Corner(vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0), uv);
}
`;

/** BT.709, limited range, of values 0..1 as 8-bit textures give them. */
const BT709 = /* wgsl */ `
fn rgb(luma: f32, chroma: vec2f) -> vec4f {
  let y = (luma * 255.0 - 16.0) / 219.0;
  let c = (chroma * 255.0 - 128.0) / 224.0;
  let colour = vec3f(y + 1.5748 * c.y, y - 0.187324 * c.x - 0.468124 * c.y, y + 1.8556 * c.x);
  return vec4f(clamp(colour, vec3f(0.0), vec3f(1.0)), 1.0);
}
`;

/** NV12 planes to RGB, one fragment a pixel of the picture. */
export const NV12_SHADER = /* wgsl */ `${TRIANGLE}${BT709}
@group(0) @binding(0) var linear: sampler;
@group(0) @binding(1) var luma: texture_2d<f32>;
@group(0) @binding(2) var chroma: texture_2d<f32>;
@fragment fn convert(in: Corner) -> @location(0) vec4f {
  let y = textureLoad(luma, vec2u(in.position.xy), 0).r;
  return rgb(y, textureSampleLevel(chroma, linear, in.uv, 0.0).rg);
}
`;

/** I420 planes to RGB. */
export const I420_SHADER = /* wgsl */ `${TRIANGLE}${BT709}
@group(0) @binding(0) var linear: sampler;
@group(0) @binding(1) var luma: texture_2d<f32>;
@group(0) @binding(2) var blue: texture_2d<f32>;
@group(0) @binding(3) var red: texture_2d<f32>;
@fragment fn convert(in: Corner) -> @location(0) vec4f {
  let y = textureLoad(luma, vec2u(in.position.xy), 0).r;
  let u = textureSampleLevel(blue, linear, in.uv, 0.0).r;
  let v = textureSampleLevel(red, linear, in.uv, 0.0).r;
  return rgb(y, vec2f(u, v));
}
`;

/** A video frame as the browser's own external texture. */
export const EXTERNAL_SHADER = /* wgsl */ `${TRIANGLE}
@group(0) @binding(0) var linear: sampler;
@group(0) @binding(1) var picture: texture_external;
@fragment fn convert(in: Corner) -> @location(0) vec4f {
  return textureSampleBaseClampToEdge(picture, linear, in.uv);
}
`;

/** The picture onto the canvas: \`back\` takes the canvas's uv to the picture's. */
export const PRESENT_SHADER = /* wgsl */ `${TRIANGLE}
struct Placement {
  back: mat3x3f,
  // The visible part of the texture, 0..1, and one texel.
  crop: vec2f,
  texel: vec2f,
  // 1 when a texel is a pixel.
  exact: u32,
}
@group(0) @binding(0) var linear: sampler;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var<uniform> placement: Placement;
@fragment fn present(in: Corner) -> @location(0) vec4f {
  if (placement.exact == 1u) { return textureLoad(picture, vec2u(in.position.xy), 0); }
  let at = placement.back * vec3f(in.uv, 1.0);
  let uv = at.xy / at.z;
  if (at.z <= 0.0 || any(uv < vec2f(0.0)) || any(uv > vec2f(1.0))) { return vec4f(0.0, 0.0, 0.0, 1.0); }
  let inside = clamp(uv * placement.crop, placement.texel * 0.5, placement.crop - placement.texel * 0.5);
  return vec4f(textureSampleLevel(picture, linear, inside, 0.0).rgb, 1.0);
}
`;
