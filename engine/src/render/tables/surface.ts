/** Surface layers: the mesh, its wires and its normals. */
import type { SurfaceLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Table, TableSource } from "../../data/table.ts";
import { cameraAxes, eyeDistance } from "../../model/camera.ts";
import { faceNormals, unit } from "../../model/geometry/surface.ts";
import { at, normalize } from "../../model/matrix.ts";
import { type SurfaceVariant, surfaceShader } from "../../shaders/surface.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { type BufferData, nameOf, packColors, vertexBuffer } from "./buffers.ts";
import { frameUniforms, isClipped, OWN_UNIFORMS, shifted } from "./frame.ts";
import { preparation } from "./layout.ts";
import { linesDraw } from "./lines-draw.ts";
import { crowdDraw, isCrowd } from "./raster/crowd.ts";
import { meshPixels } from "./raster/mesh.ts";
import { surfaceColors } from "./surface-light.ts";
import { normalsOf, type SurfaceView, surfaceView, valuesOf } from "./surface-mesh.ts";

/** Prepares a surface layer; undefined when nothing of it is shown. */
export function prepareSurface(
  layer: SurfaceLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  const { table } = source;
  if (table.count === 0) return undefined;
  const view = surfaceView(layer, table, context.view.dims);
  if (view === undefined) return undefined;
  const uniforms = frameUniforms(layer, view.slice, view.origin, context);
  setOwn(uniforms, layer, view, context);
  const draws = [
    isDrafted(layer, view, context)
      ? crowdDraw(layer, uniforms, context, (pixels, place) =>
          meshPixels(pixels, place, view.positions, view.faces, surfaceColors(layer, table, view, uniforms)),
        )
      : meshDraw(layer, source, view, uniforms, context),
  ];
  if (context.cell.ndisplay === 3) {
    for (const kind of ["face", "vertex"] as const) {
      if (layer.normals[kind].visible) draws.push(normalsDraw(layer, source, view, kind, uniforms, context));
    }
  }
  return preparation(draws);
}

/** A picture on the faces and wires are finer than what drafts of crowds draw. */
function isDrafted(layer: SurfaceLayer, { faces }: SurfaceView, context: LayerContext): boolean {
  return layer.texture === null && !layer.wireframe.visible && isCrowd(layer, faces.length / 3, context);
}

function setOwn(u: Float32Array, layer: SurfaceLayer, view: SurfaceView, { cell }: LayerContext): void {
  const { camera, ndisplay } = cell;
  const axes = cameraAxes(camera, ndisplay);
  const distance = eyeDistance(camera, cell.size, ndisplay);
  // From behind the camera, top right.
  const light = normalize([
    axes.right[0] + axes.up[0] - axes.view[0],
    axes.right[1] + axes.up[1] - axes.view[1],
    axes.right[2] + axes.up[2] - axes.view[2],
  ]);
  u.set([...layer.contrast_limits, layer.gamma, layer.wireframe.width * cell.ratio], OWN_UNIFORMS);
  u.set([...light, 0, ...axes.view, Number.isFinite(distance) ? 1 / distance : 0], OWN_UNIFORMS + 4);
  const toWorld = shifted(view.slice.toWorld, view.origin);
  for (let row = 0; row < 3; row++)
    for (let k = 0; k < 4; k++)
      u[OWN_UNIFORMS + 12 + 4 * row + k] = at(toWorld, row, k) - (k === 3 ? (camera.center[row] ?? 0) : 0);
  u.set(layer.wireframe.color, OWN_UNIFORMS + 24);
}

function meshDraw(
  layer: SurfaceLayer,
  source: TableSource,
  view: SurfaceView,
  uniforms: Float32Array<ArrayBuffer>,
  context: LayerContext,
): Draw {
  const { table } = source;
  const { device, residency } = context;
  const variant = variantOf(layer, table, context);
  const buffer = (part: string, of: object, width: number, make: () => BufferData): GPUBuffer =>
    vertexBuffer(
      device,
      residency.pool,
      `${source.id}/surface ${view.slice.displayed.join()} ${part}${variant.wireframe ? " expanded" : ""}`,
      `${nameOf(of)}${variant.wireframe ? `/${nameOf(view.faces)}` : ""}`,
      () => (variant.wireframe ? expanded(make(), width, view.faces) : make()),
    );
  const colors = table.columns.get("vertex_colors");
  const places = table.columns.get("texcoords");
  const values = valuesOf(table, view);
  const buffers = [
    buffer("positions", view.positions, 3, () => view.positions),
    variant.color === "values" || colors === undefined
      ? buffer("values", values, 1, () => values)
      : buffer("colors", colors.data, 4, () => Float32Array.from(colors.data)),
    ...(variant.shading === "smooth" ? [buffer("normals", normalsOf(view), 3, () => normalsOf(view))] : []),
    ...(variant.texture && places !== undefined
      ? [buffer("texcoords", places.data, 2, () => Float32Array.from(places.data))]
      : []),
  ];
  const count = view.faces.length;
  const indices = variant.wireframe
    ? undefined
    : vertexBuffer(
        device,
        residency.pool,
        `${source.id}/surface ${view.slice.displayed.join()} faces`,
        `${nameOf(view.faces)}`,
        () => view.faces,
        GPUBufferUsage.INDEX,
      );
  const lut = residency.table(layer.colormap);
  const picture = variant.texture ? textureOf(layer, table, source.id, context) : undefined;
  return {
    label: layer.name,
    pipeline: context.pipeline(surfaceSpec(variant)),
    uniforms,
    box: context.clip,
    bindings: ({ nearest, linear }) => [
      { binding: 1, resource: lut.view },
      { binding: 2, resource: layer.colormap.interpolation === "zero" ? nearest : linear },
      ...(picture === undefined
        ? []
        : [
            { binding: 3, resource: picture },
            { binding: 4, resource: nearest },
          ]),
    ],
    record(pass) {
      for (const [slot, one] of buffers.entries()) pass.setVertexBuffer(slot, one);
      if (indices === undefined) pass.draw(count);
      else {
        pass.setIndexBuffer(indices, "uint32");
        pass.drawIndexed(count);
      }
    },
  };
}

function variantOf(layer: SurfaceLayer, table: Table, { cell }: LayerContext): SurfaceVariant {
  return {
    color: table.columns.has("vertex_colors") ? "vertex_colors" : "values",
    texture: layer.texture !== null && table.columns.has("texture") && table.columns.has("texcoords"),
    // A picture of two axes has no light.
    shading: cell.ndisplay === 3 ? layer.shading : "none",
    wireframe: layer.wireframe.visible,
    clip: isClipped(layer),
  };
}

/** Each face's own three vertices. */
function expanded(data: BufferData, width: number, faces: Uint32Array): BufferData {
  const out =
    data instanceof Float32Array
      ? new Float32Array(faces.length * width)
      : new Uint32Array(faces.length * width);
  let n = 0;
  for (const vertex of faces) for (let k = 0; k < width; k++) out[n++] = data[vertex * width + k] ?? 0;
  return out;
}

function textureOf(
  layer: SurfaceLayer,
  table: Table,
  id: string,
  { device, residency }: LayerContext,
): GPUTextureView | undefined {
  const data = table.columns.get("texture")?.data;
  if (data === undefined || layer.texture === null) return undefined;
  const { width, height } = layer.texture;
  return residency.pool.use(`table/${id}/texture ${nameOf(data)}`, () => {
    const texture = device.createTexture({
      label: `texture of ${layer.name}`,
      size: [width, height],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    device.queue.writeTexture({ texture }, Uint8Array.from(data), { bytesPerRow: width * 4 }, [
      width,
      height,
    ]);
    return { value: texture.createView(), bytes: width * height * 4, destroy: () => texture.destroy() };
  });
}

function surfaceSpec(variant: SurfaceVariant): ShaderSpec {
  const columns = [
    ["float32x3", 12, 0],
    variant.color === "values" ? (["float32", 4, 1] as const) : (["float32x4", 16, 1] as const),
    ...(variant.shading === "smooth" ? [["float32x3", 12, 2] as const] : []),
    ...(variant.texture ? [["float32x2", 8, 3] as const] : []),
  ] as const;
  const both = GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT;
  return {
    name: `surface ${Object.values(variant).join(" ")}`,
    code: () => surfaceShader(variant),
    layoutName: `surface ${variant.texture}`,
    layout: () => [
      { binding: 0, visibility: both, buffer: { type: "uniform", hasDynamicOffset: true } },
      { binding: 1, visibility: both, texture: { sampleType: "float" } },
      { binding: 2, visibility: both, sampler: { type: "filtering" } },
      ...(variant.texture
        ? [
            { binding: 3, visibility: both, texture: { sampleType: "float" as const } },
            { binding: 4, visibility: both, sampler: { type: "filtering" as const } },
          ]
        : []),
    ],
    vertexBuffers: columns.map(([format, arrayStride, shaderLocation]) => ({
      arrayStride,
      attributes: [{ shaderLocation, offset: 0, format }],
    })),
  };
}

function normalsDraw(
  layer: SurfaceLayer,
  source: TableSource,
  view: SurfaceView,
  kind: "face" | "vertex",
  base: Float32Array<ArrayBuffer>,
  context: LayerContext,
): Draw {
  const { color, width, length } = layer.normals[kind];
  const { positions, faces } = view;
  const count = kind === "face" ? faces.length / 3 : positions.length / 3;
  const { device, residency } = context;
  const buffer = (part: string, state: string, make: () => BufferData): GPUBuffer =>
    vertexBuffer(device, residency.pool, `${source.id}/normals ${kind} ${layer.id} ${part}`, state, make);
  const state = `${nameOf(faces)}/${nameOf(positions)}`;
  const starts = (): Float32Array<ArrayBuffer> => (kind === "face" ? centers(positions, faces) : positions);
  const colors = buffer("color", `${color.join()}/${count}`, () =>
    new Uint32Array(count).fill(packColors(Float32Array.from(color), 1)[0] ?? 0),
  );
  const uniforms = base.slice();
  uniforms.set([width, 0, 0, 0], OWN_UNIFORMS);
  return linesDraw(
    layer,
    uniforms,
    {
      starts: buffer("starts", state, starts),
      ends: buffer("ends", `${state}/${length}`, () => {
        const normals = kind === "face" ? unit(faceNormals(positions, faces)) : normalsOf(view);
        return starts().map((value, i) => value + length * (normals[i] ?? 0));
      }),
      startColors: colors,
      endColors: colors,
      count,
    },
    context,
  );
}

function centers(positions: Float32Array, faces: Uint32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(faces.length);
  for (let f = 0; f < faces.length; f += 3)
    for (let corner = 0; corner < 3; corner++)
      for (let k = 0; k < 3; k++)
        out[f + k] = (out[f + k] ?? 0) + (positions[(faces[f + corner] ?? 0) * 3 + k] ?? 0) / 3;
  return out;
}
