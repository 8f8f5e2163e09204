/** STL, binary and ASCII: triangles with corners of their own, which are joined where they are the same. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { openResource } from "../resource.ts";
import { Growing } from "../tables/growing.ts";
import type { TableResult } from "../tables/types.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenOptions } from "../types.ts";
import { checkMemory } from "../whole.ts";
import { type Mesh, surfaceOf } from "./mesh.ts";

const HEADER = 84;
const TRIANGLE = 50;
/** Characters that one line may have. */
const MAX_TEXT = 512 * 1024 * 1024;

/** Opens a .stl. @throws SourceError */
export async function openStl(uri: string, options: OpenOptions): Promise<TableResult> {
  const resource = await openResource(uri, options);
  const { label, size } = resource;
  try {
    if (size === undefined) throw new SourceError(`${label} has no known size: download it first.`);
    checkMemory(label, size * 3, options);
    const bytes = await resource.read(0, size, options.signal);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = bytes.byteLength >= HEADER ? view.getUint32(80, true) : 0;
    // A binary file may begin with "solid", too: its length tells.
    const binary = bytes.byteLength >= HEADER && HEADER + count * TRIANGLE === bytes.byteLength;
    const head = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
    const text = !binary && !head.includes("\0") && /^\s*solid/i.test(head);
    if (text) return surfaceOf(asciiMesh(bytes, label, options), label);
    if (!binary && HEADER + count * TRIANGLE > bytes.byteLength)
      throw new SourceError(`${label} is cut short: it says that it has ${count} triangles.`);
    return surfaceOf(binaryMesh(view, count, label, options), label);
  } finally {
    await resource.close();
  }
}

function binaryMesh(view: DataView, count: number, label: string, options: OpenOptions): Mesh {
  const corners = new Corners(label, options);
  for (let i = 0; i < count; i++) {
    const at = HEADER + i * TRIANGLE + 12;
    for (let k = 0; k < 3; k++) {
      const p = at + 12 * k;
      corners.add(view.getFloat32(p, true), view.getFloat32(p + 4, true), view.getFloat32(p + 8, true));
    }
  }
  return corners.mesh();
}

function asciiMesh(bytes: Uint8Array, label: string, options: OpenOptions): Mesh {
  if (bytes.byteLength > MAX_TEXT)
    throw new SourceError(`${label} is too large for a text: save it as binary STL.`);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const corners = new Corners(label, options);
  let count = 0;
  for (const [, x = "", y = "", z = ""] of text.matchAll(/\bvertex\s+(\S+)\s+(\S+)\s+(\S+)/gi)) {
    corners.add(Number(x), Number(y), Number(z));
    count += 1;
  }
  if (count % 3 !== 0)
    throw new SourceError(`${label} is cut short: its last triangle has ${count % 3} corners.`);
  return corners.mesh();
}

/** Corners by their coordinates: a hash table over the bits of three 32-bit floats. */
class Corners {
  readonly #label: string;
  readonly #faces: Growing<Uint32Array>;
  readonly #floats = new Float32Array(3);
  readonly #bits = new Uint32Array(this.#floats.buffer);
  /** Index of a vertex plus one; 0 is free. */
  #slots = new Uint32Array(4096);
  #stored = new Float32Array(4096);
  #count = 0;

  constructor(label: string, options: OpenOptions) {
    const most = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
    this.#label = label;
    this.#faces = new Growing((length) => new Uint32Array(length), label, most);
  }

  add(x: number, y: number, z: number): void {
    if (!(Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z)))
      throw new SourceError(`${this.#label} is damaged: a corner is at ${x}, ${y}, ${z}.`);
    const count = this.#count;
    if (count * 2 >= this.#slots.length) this.#grow();
    const slot = this.#find(x, y, z);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) {
      this.#faces.push(known - 1);
      return;
    }
    this.#slots[slot] = count + 1;
    if (count * 3 + 3 > this.#stored.length) {
      const next = new Float32Array(this.#stored.length * 2);
      next.set(this.#stored);
      this.#stored = next;
    }
    this.#stored.set([x, y, z], count * 3);
    this.#count += 1;
    this.#faces.push(count);
  }

  mesh(): Mesh {
    return {
      vertices: Float64Array.from(this.#stored.subarray(0, this.#count * 3)),
      faces: this.#faces.done(),
    };
  }

  #find(x: number, y: number, z: number): number {
    // Adding zero makes the two zeros one.
    this.#floats[0] = x + 0;
    this.#floats[1] = y + 0;
    this.#floats[2] = z + 0;
    const [a = 0, b = 0, c = 0] = this.#bits;
    const mask = this.#slots.length - 1;
    let hash =
      Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^
      Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^
      Math.imul(c ^ (c >>> 16), 0x27d4eb2f);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0) return slot;
      const at = (known - 1) * 3;
      const s = this.#stored;
      if (s[at] === this.#floats[0] && s[at + 1] === this.#floats[1] && s[at + 2] === this.#floats[2])
        return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let i = 0; i < this.#count; i++) {
      const slot = this.#find(
        this.#stored[3 * i] ?? 0,
        this.#stored[3 * i + 1] ?? 0,
        this.#stored[3 * i + 2] ?? 0,
      );
      this.#slots[slot] = i + 1;
    }
  }
}
