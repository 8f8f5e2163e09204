/**
 * A surface's colours as its shader computes them (`shaders/surface.ts`), on the CPU: for drafts where the adapter is the CPU too. The projection is
 * parallel there, so that all is seen from one direction.
 */
import type { SurfaceLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Table } from "../../data/table.ts";
import { colormapTable, TABLE_SIZE } from "../../model/colormaps.ts";
import { Derived } from "./derived.ts";
import { OWN_UNIFORMS } from "./frame.ts";
import type { MeshColors } from "./raster/mesh.ts";
import { signed } from "./raster/points.ts";
import { normalsOf, type SurfaceView, valuesOf } from "./surface-mesh.ts";

const bases = new Derived<object, Uint32Array<ArrayBuffer>>(2);

/** What is seen of a surface from both sides. `uniforms` are the layer's. */
export function surfaceColors(
  layer: SurfaceLayer,
  table: Table,
  view: SurfaceView,
  uniforms: Float32Array,
): MeshColors {
  const base = baseColors(layer, table, view);
  if (layer.shading === "none") return { front: signed(base), back: signed(base), per: "vertex" };
  const light = lightOf(uniforms);
  return layer.shading === "flat" ? flat(base, view, light) : smooth(base, normalsOf(view), light);
}

/** The vertices' colours without light: RGBA bytes, a word each. */
function baseColors(layer: SurfaceLayer, table: Table, view: SurfaceView): Uint32Array<ArrayBuffer> {
  const given = table.columns.get("vertex_colors");
  if (given !== undefined)
    return bases.get(given.data, "", () => {
      const bytes = Uint8ClampedArray.from(given.data, (value) => value * 255);
      return new Uint32Array(bytes.buffer);
    });
  const { colormap, contrast_limits: limits, gamma } = layer;
  const state = JSON.stringify([colormap.colors, colormap.controls, colormap.interpolation, limits, gamma]);
  const values = valuesOf(table, view);
  return bases.get(values, state, () => {
    const words = new Uint32Array(colormapTable(colormap).buffer);
    const [low, high] = limits;
    return Uint32Array.from(values, (value) => {
      const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
      return words[Math.min(TABLE_SIZE - 1, Math.round(t ** gamma * (TABLE_SIZE - 1)))] ?? 0;
    });
  });
}

interface Light {
  /** Rows of the matrix that turns data directions into the world's. */
  readonly turn: Float32Array;
  readonly to: readonly [number, number, number];
  readonly away: readonly [number, number, number];
  /** Between light and view, where a mirror shines. */
  readonly half: readonly [number, number, number];
}

function lightOf(uniforms: Float32Array): Light {
  const own = uniforms.subarray(OWN_UNIFORMS);
  const [, , , , lx = 0, ly = 0, lz = 0, , vx = 0, vy = 0, vz = 0] = own;
  const away = scaled(vx, vy, vz);
  return {
    turn: own.subarray(12, 24),
    to: [lx, ly, lz],
    away,
    half: scaled(lx + away[0], ly + away[1], lz + away[2]),
  };
}

function scaled(x: number, y: number, z: number): [number, number, number] {
  const size = Math.hypot(x, y, z) || 1;
  return [x / size, y / size, z / size];
}

function smooth(base: Uint32Array, normals: Float32Array, { turn, to, half }: Light): MeshColors {
  const front = new Int32Array(base.length);
  const back = new Int32Array(base.length);
  const [t0, t1, t2, , t4, t5, t6, , t8, t9, t10] = turn as unknown as Eleven;
  for (let i = 0; i < base.length; i++) {
    const p = normals[3 * i] as number;
    const q = normals[3 * i + 1] as number;
    const r = normals[3 * i + 2] as number;
    const x = t0 * p + t1 * q + t2 * r;
    const y = t4 * p + t5 * q + t6 * r;
    const z = t8 * p + t9 * q + t10 * r;
    const size = Math.sqrt(x * x + y * y + z * z) || 1;
    const towards = (x * to[0] + y * to[1] + z * to[2]) / size;
    const mirrored = (x * half[0] + y * half[1] + z * half[2]) / size;
    const word = base[i] as number;
    front[i] = lit(word, towards, mirrored);
    back[i] = lit(word, -towards, -mirrored);
  }
  return { front, back, per: "vertex" };
}
type Eleven = [number, number, number, number, number, number, number, number, number, number, number];

/** Which way a face looks follows from its corners in the world; three products a corner, since surfaces have many. */
function flat(
  base: Uint32Array,
  { positions, faces }: SurfaceView,
  { turn, to, away, half }: Light,
): MeshColors {
  const [t0, t1, t2, , t4, t5, t6, , t8, t9, t10] = turn as unknown as Eleven;
  const places = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const p = positions[i] as number;
    const q = positions[i + 1] as number;
    const r = positions[i + 2] as number;
    places[i] = t0 * p + t1 * q + t2 * r;
    places[i + 1] = t4 * p + t5 * q + t6 * r;
    places[i + 2] = t8 * p + t9 * q + t10 * r;
  }
  const words = new Int32Array(faces.length / 3);
  for (let f = 0; f < words.length; f++) {
    const a = 3 * (faces[3 * f] as number);
    const b = 3 * (faces[3 * f + 1] as number);
    const c = 3 * (faces[3 * f + 2] as number);
    const px = (places[b] as number) - (places[a] as number);
    const py = (places[b + 1] as number) - (places[a + 1] as number);
    const pz = (places[b + 2] as number) - (places[a + 2] as number);
    const qx = (places[c] as number) - (places[a] as number);
    const qy = (places[c + 1] as number) - (places[a + 1] as number);
    const qz = (places[c + 2] as number) - (places[a + 2] as number);
    const x = py * qz - pz * qy;
    const y = pz * qx - px * qz;
    const z = px * qy - py * qx;
    const size = Math.sqrt(x * x + y * y + z * z) || 1;
    // The side that is seen.
    const share = (x * away[0] + y * away[1] + z * away[2] > 0 ? -1 : 1) / size;
    const towards = share * (x * to[0] + y * to[1] + z * to[2]);
    words[f] = lit(base[a / 3] as number, towards, share * (x * half[0] + y * half[1] + z * half[2]));
  }
  return { front: words, back: words, per: "face" };
}

/** A colour in the light: a quarter everywhere, and a mirror's spot. */
function lit(word: number, towards: number, mirrored: number): number {
  let share = 0.25;
  let spot = 0;
  if (towards > 0) {
    share += 0.7 * towards;
    // Below, its hundredth power is less than half a step.
    if (mirrored > 0.94) spot = 63.75 * Math.min(1, mirrored) ** 100;
  }
  const red = Math.min(255, (word & 255) * share + spot + 0.5) & 255;
  const green = Math.min(255, ((word >>> 8) & 255) * share + spot + 0.5) & 255;
  const blue = Math.min(255, ((word >>> 16) & 255) * share + spot + 0.5) & 255;
  return red | (green << 8) | (blue << 16) | (word & 0xff_00_00_00);
}
