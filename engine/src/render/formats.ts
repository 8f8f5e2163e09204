/** How array elements become texels, each way with the same picture. */
import type { Dtype } from "../data/chunk-source.ts";
import type { GatherTarget } from "../data/gather.ts";

/**
 * How a texel holds a value.
 * - `r8`: r8unorm. - `r16`: r16unorm (texture-formats-tier1). - `rg8`: 16 bits as low and high byte of rg8unorm.
 * - `r32`: r32float, filtered by the unit where it can be. - `rgba8`, `rgba32`: colours. - `u8`, `u16`: codes of labels.
 */
export type TexelKind = "r8" | "r16" | "rg8" | "r32" | "rgba8" | "rgba32" | "u8" | "u16";

/** What the device can do, and what a caller forbids. */
export interface FormatRules {
  readonly r16unorm: boolean;
  readonly filterFloat: boolean;
}

/** One way of holding a dtype on the GPU. */
export interface TexelPath {
  readonly kind: TexelKind;
  readonly format: GPUTextureFormat;
  readonly bytes: number;
  /** A value of v in the data is v / unit in the shader, as in vispy, whose rules are stated in these units. */
  readonly unit: number;
  /** The texture unit interpolates; else the shader does. */
  readonly filterable: boolean;
  /** Elements a texel takes from the gathered array. */
  readonly inner: number;
}

/** What the device allows. */
export function formatRules(device: GPUDevice, override: Partial<FormatRules> = {}): FormatRules {
  return {
    // Not in the type's list of names yet.
    r16unorm: override.r16unorm ?? (device.features as ReadonlySet<string>).has("texture-formats-tier1"),
    filterFloat: override.filterFloat ?? device.features.has("float32-filterable"),
  };
}

/** The path of a dtype; `wide` when values may leave it (sums and means over a thick slice). */
export function texelPath(dtype: Dtype, channels: 0 | 3 | 4, wide: boolean, rules: FormatRules): TexelPath {
  if (channels !== 0) {
    return dtype === "uint8" && !wide
      ? { kind: "rgba8", format: "rgba8unorm", bytes: 4, unit: 255, filterable: true, inner: channels }
      : {
          kind: "rgba32",
          format: "rgba32float",
          bytes: 16,
          unit: 1,
          filterable: rules.filterFloat,
          inner: channels,
        };
  }
  if (dtype === "uint8" && !wide) {
    return { kind: "r8", format: "r8unorm", bytes: 1, unit: 255, filterable: true, inner: 1 };
  }
  if (dtype === "uint16" && !wide) {
    return rules.r16unorm
      ? {
          kind: "r16",
          format: "r16unorm" as GPUTextureFormat,
          bytes: 2,
          unit: 65535,
          filterable: true,
          inner: 1,
        }
      : { kind: "rg8", format: "rg8unorm", bytes: 2, unit: 65535, filterable: true, inner: 1 };
  }
  return { kind: "r32", format: "r32float", bytes: 4, unit: 1, filterable: rules.filterFloat, inner: 1 };
}

/** An array to gather into for a path: elements of the data, before colours get their alpha. */
export function gatherTarget(path: TexelPath, elements: number): GatherTarget {
  if (path.kind === "r8" || path.kind === "rgba8" || path.kind === "u8") return new Uint8Array(elements);
  if (path.kind === "r16" || path.kind === "rg8" || path.kind === "u16") return new Uint16Array(elements);
  return new Float32Array(elements);
}

/** Bytes for `writeTexture`. Little-endian uint16 is already low byte, high byte, so rg8 needs no work. */
export function toTexels(path: TexelPath, gathered: GatherTarget, dtype: Dtype): Uint8Array<ArrayBuffer> {
  const bytes = (array: GatherTarget): Uint8Array<ArrayBuffer> =>
    new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
  if (path.kind !== "rgba8" && path.kind !== "rgba32") return bytes(gathered);
  const scale = path.kind === "rgba32" ? 1 / colourMaximum(dtype) : 1;
  if (path.inner === 4 && scale === 1) return bytes(gathered);
  const voxels = gathered.length / path.inner;
  const out: GatherTarget = path.kind === "rgba8" ? new Uint8Array(voxels * 4) : new Float32Array(voxels * 4);
  const opaque = path.kind === "rgba8" ? 255 : 1;
  for (let i = 0; i < voxels; i++) {
    for (let c = 0; c < 4; c++) {
      out[i * 4 + c] = c < path.inner ? (gathered[i * path.inner + c] ?? 0) * scale : opaque;
    }
  }
  return bytes(out);
}

/** The value that means full intensity of a colour channel. */
function colourMaximum(dtype: Dtype): number {
  const full: Partial<Record<Dtype, number>> = { uint8: 255, uint16: 65535, uint32: 4294967295 };
  return full[dtype] ?? 1;
}
