/** Triangles of one item. */

/** Vertices as triples in displayed order (depth, vertical, horizontal); triangles as vertex indices. */
export interface Mesh {
  readonly vertices: Float64Array;
  readonly triangles: Uint32Array;
}

/** A mesh of nothing. */
export const EMPTY_MESH: Mesh = { vertices: new Float64Array(0), triangles: new Uint32Array(0) };

/** Collects vertices and triangles. */
export class MeshBuilder {
  readonly #vertices: number[] = [];
  readonly #triangles: number[] = [];

  /** Adds a vertex; its index. */
  vertex(depth: number, vertical: number, horizontal: number): number {
    return this.#vertices.push(depth, vertical, horizontal) / 3 - 1;
  }

  /** Adds a triangle of vertices' indices. */
  triangle(a: number, b: number, c: number): void {
    this.#triangles.push(a, b, c);
  }

  /** What was added. */
  build(): Mesh {
    return {
      vertices: Float64Array.from(this.#vertices),
      triangles: Uint32Array.from(this.#triangles),
    };
  }
}
