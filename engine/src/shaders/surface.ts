/** WGSL of triangle meshes: a colour for each vertex, light, a texture, the wires. */
import { tableHeader } from "./table.ts";

/** What a surface's shader is specialised for. */
export interface SurfaceVariant {
  readonly color: "values" | "vertex_colors";
  readonly texture: boolean;
  readonly shading: "none" | "flat" | "smooth";
  readonly wireframe: boolean;
  readonly clip: boolean;
}

/** The whole module. With `wireframe` the vertices are not shared: three to a face. */
export function surfaceShader({ color, texture, shading, wireframe, clip }: SurfaceVariant): string {
  return /* wgsl */ `${tableHeader(clip)}
// own[0]: contrast limits, gamma, the wires' width. own[1]: towards the light. own[2]: away from the eye, 1 / the eye's distance.
// own[3..5]: rows of the matrix from data to the world about the camera's centre. own[6]: the wires' colour.
@group(0) @binding(1) var lut: texture_2d<f32>;
@group(0) @binding(2) var lutSampler: sampler;
${
  texture
    ? `@group(0) @binding(3) var picture: texture_2d<f32>;
@group(0) @binding(4) var pictureSampler: sampler;`
    : ""
}
struct Vertex {
  @builtin(position) position: vec4f,
  @location(0) color: vec4f,
  ${texture ? "@location(1) place: vec2f," : ""}
  ${shading === "none" ? "" : "@location(2) world: vec3f,"}
  ${shading === "smooth" ? "@location(3) normal: vec3f," : ""}
  ${wireframe ? "@location(4) corner: vec3f," : ""}
  ${clip ? "@location(5) data: vec3f," : ""}
};
@vertex fn vs(
  @builtin(vertex_index) index: u32,
  @location(0) position: vec3f,
  ${color === "values" ? "@location(1) value: f32," : "@location(1) given: vec4f,"}
  ${shading === "smooth" ? "@location(2) normal: vec3f," : ""}
  ${texture ? "@location(3) place: vec2f," : ""}
) -> Vertex {
  var out: Vertex;
  out.position = project(position);
  ${
    color === "values"
      ? `let t = clamp((value - u.own[0].x) / (u.own[0].y - u.own[0].x), 0.0, 1.0);
  let s = select(pow(t, u.own[0].z), t, u.own[0].z == 1.0);
  out.color = textureSampleLevel(lut, lutSampler, vec2f((s * 1023.0 + 0.5) / 1024.0, 0.5), 0.0);`
      : "out.color = given;"
  }
  ${texture ? "out.place = vec2f(place.x, 1.0 - place.y);" : ""}
  ${shading === "none" ? "" : "out.world = toWorld(vec4f(position, 1.0));"}
  ${shading === "smooth" ? "out.normal = normalize(toWorld(vec4f(normal, 0.0)));" : ""}
  ${wireframe ? "out.corner = vec3f(f32(index % 3u == 0u), f32(index % 3u == 1u), f32(index % 3u == 2u));" : ""}
  ${clip ? "out.data = position;" : ""}
  return out;
}
fn toWorld(p: vec4f) -> vec3f { return vec3f(dot(u.own[3], p), dot(u.own[4], p), dot(u.own[5], p)); }
@fragment fn fs(in: Vertex, @builtin(front_facing) front: bool) -> @location(0) vec4f {
  // Derivatives come before any pixel is given up.
  ${wireframe ? "let width = max(fwidth(in.corner), vec3f(1e-9));" : ""}
  ${shading === "flat" ? "let facing = cross(dpdx(in.world), dpdy(in.world));" : ""}
  var color = in.color;
  ${
    wireframe
      ? `let near = smoothstep(vec3f(0.0), u.own[0].w * width, in.corner);
  color = mix(color, u.own[6], 1.0 - min(min(near.x, near.y), near.z));`
      : ""
  }
  ${texture ? "color *= textureSampleLevel(picture, pictureSampler, in.place, 0.0);" : ""}
  ${
    shading === "none"
      ? ""
      : `let view = normalize(u.own[2].xyz + u.own[2].w * in.world);
  ${
    shading === "flat"
      ? "let n = normalize(select(facing, -facing, dot(facing, view) > 0.0));"
      : "let n = normalize(select(-in.normal, in.normal, front));"
  }
  let light = u.own[1].xyz;
  let diffuse = max(dot(n, light), 0.0);
  var specular = 0.0;
  if (diffuse > 0.0) { specular = pow(clamp(dot(n, normalize(light + view)), 0.0, 1.0), 100.0); }
  color = vec4f(color.rgb * (0.25 + 0.7 * diffuse) + 0.25 * specular, color.a);`
  }
  ${clip ? "if (isCut(in.data)) { discard; return vec4f(0.0); }" : ""}
  return vec4f(color.rgb, color.a * u.opacity);
}
`;
}
