/** WGSL of plain triangles: shapes and vectors. No antialiasing, as napari's. */
import { tableHeader } from "./table.ts";

/** The whole module. */
export function meshShader(clip: boolean): string {
  return /* wgsl */ `${tableHeader(clip)}
struct Vertex {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat) color: vec4f,
  ${clip ? "@location(1) data: vec3f," : ""}
};
@vertex fn vs(@location(0) position: vec3f, @location(1) color: vec4f) -> Vertex {
  var out: Vertex;
  out.position = project(position);
  out.color = vec4f(color.rgb, color.a * u.opacity);
  ${clip ? "out.data = position;" : ""}
  return out;
}
@fragment fn fs(in: Vertex) -> @location(0) vec4f {
  ${clip ? "if (isCut(in.data)) { discard; return vec4f(0.0); }" : ""}
  return in.color;
}
`;
}
