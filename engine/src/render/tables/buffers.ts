/** Columns of tables on the GPU. */
import type { GpuPool } from "../pool.ts";

/** What can be sent as it is. */
export type BufferData = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const names = new WeakMap<object, number>();
let next = 1;

/** A number that stands for an object as long as it lives. */
export function nameOf(object: object): number {
  let found = names.get(object);
  if (found === undefined) {
    found = next++;
    names.set(object, found);
  }
  return found;
}

const present = new WeakMap<GpuPool, Map<string, string>>();

/**
 * A buffer of one part of a table.
 * @param part names what the buffer holds: table, column, variant
 * @param state names its present content; that of another state is destroyed
 */
export function vertexBuffer(
  device: GPUDevice,
  pool: GpuPool,
  part: string,
  state: string,
  make: () => BufferData,
  usage: GPUBufferUsageFlags = GPUBufferUsage.VERTEX | GPUBufferUsage.STORAGE,
): GPUBuffer {
  const key = `table/${part}=${state};`;
  const states = present.get(pool) ?? new Map<string, string>();
  present.set(pool, states);
  const before = states.get(part);
  if (before !== undefined && before !== key) pool.drop(before);
  states.set(part, key);
  return pool.use(key, () => {
    const data = make();
    const buffer = device.createBuffer({
      label: part,
      size: Math.max(4, data.byteLength),
      usage: usage | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, data);
    return { value: buffer, bytes: buffer.size, destroy: () => buffer.destroy() };
  });
}

/** RGBA in 0..1 as bytes, one word a colour. */
export function packColors(colors: Float32Array, count: number): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(count);
  const bytes = new Uint8ClampedArray(out.buffer);
  const n = Math.min(count * 4, colors.length);
  for (let i = 0; i < n; i++) bytes[i] = (colors[i] ?? 0) * 255;
  return out;
}
