/** Which bricks of which levels a picture of a volume wants. Pure. */
import type { Vector3 } from "../../../model/matrix.ts";

/** Edge of a brick, voxels. */
export const EDGE = 32;

/** A level, all in x, y, z: its texel q of the finest level's texel p is p * scale + offset. */
export interface BrickLevel {
  readonly shape: Vector3;
  readonly scale: Vector3;
  readonly offset: Vector3;
}

/** One selected brick. */
export interface Selected {
  readonly level: number;
  readonly index: Vector3;
}

/** What the camera sees. */
export interface Sight {
  /** Texels of the finest level to pixels: rows of x w, y w and w. */
  readonly toPixels: readonly (readonly [number, number, number, number])[];
  /** Pixels that count. */
  readonly box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
  /** False for boxes (in texels of the finest level) that nothing is drawn of. */
  readonly keeps?: (low: Vector3, high: Vector3) => boolean;
}

/** What may be spent. */
export interface SelectLimits {
  readonly bricks: number;
  /** Cells of all levels' page tables together. */
  readonly cells: number;
}

interface Node extends Selected {
  /** Pixels of a voxel, the longest way. */
  readonly size: number;
  /** Pixels from the middle. */
  readonly far: number;
}

/** Voxels a little larger than a pixel count as a pixel: zooms are seldom round. */
const PIXEL = 1.001;

/** Bricks of a level along x, y, z. */
export function brickCounts({ shape }: BrickLevel): Vector3 {
  return [Math.ceil(shape[0] / EDGE), Math.ceil(shape[1] / EDGE), Math.ceil(shape[2] / EDGE)];
}

/** A brick's box in texels of the finest level. */
export function brickBounds(level: BrickLevel, index: Vector3): { low: Vector3; high: Vector3 } {
  const at = (k: 0 | 1 | 2, place: number): number =>
    (Math.min(place * EDGE, level.shape[k]) - level.offset[k]) / level.scale[k];
  return {
    low: [at(0, index[0]), at(1, index[1]), at(2, index[2])],
    high: [at(0, index[0] + 1), at(1, index[1] + 1), at(2, index[2] + 1)],
  };
}

/** The bricks, in the order in which they are best read: coarse before fine, then from the middle outwards. */
export function selectBricks(levels: readonly BrickLevel[], sight: Sight, limits: SelectLimits): Selected[] {
  const chosen: Selected[] = [];
  const seen = new Set<number>();
  const windows = new Map<number, { low: number[]; high: number[] }>();
  let cells = 0;
  const queue = new Queue();

  /** Grows a level's page table so that it holds the bricks. False when that is too large: nothing is changed. */
  const grow = (nodes: readonly Node[]): boolean => {
    const [first] = nodes;
    if (first === undefined) return true;
    const before = windows.get(first.level);
    const low = [...(before?.low ?? first.index)];
    const high = [...(before?.high ?? first.index)];
    for (const { index } of nodes)
      for (let k = 0; k < 3; k++) {
        low[k] = Math.min(low[k] ?? 0, index[k] ?? 0);
        high[k] = Math.max(high[k] ?? 0, index[k] ?? 0);
      }
    const next = cells - (before ? count(before) : 0) + count({ low, high });
    if (next > limits.cells) return false;
    cells = next;
    windows.set(first.level, { low, high });
    return true;
  };
  const take = (nodes: readonly Node[]): boolean => {
    const fresh = nodes.filter((node) => !seen.has(keyOf(node)));
    if (chosen.length + fresh.length > limits.bricks || !grow(fresh)) return false;
    for (const node of fresh) {
      seen.add(keyOf(node));
      chosen.push({ level: node.level, index: node.index });
      queue.add(node);
    }
    return true;
  };

  const last = levels.length - 1;
  const coarsest = levels[last];
  if (coarsest === undefined) return chosen;
  const all = brickCounts(coarsest);
  const roots = visible(levels, last, [0, 0, 0], [all[0] - 1, all[1] - 1, all[2] - 1], sight);
  for (const root of roots.sort((a, b) => a.far - b.far)) if (!take([root])) break;
  for (let node = queue.take(); node !== undefined; node = queue.take()) {
    if (node.level === 0 || node.size <= PIXEL) continue;
    const level = levels[node.level];
    const finer = levels[node.level - 1];
    if (level === undefined || finer === undefined) continue;
    const { low, high } = brickBounds(level, node.index);
    const counts = brickCounts(finer);
    const place = (texel: number, k: 0 | 1 | 2, nudge: number): number =>
      Math.min(
        counts[k] - 1,
        Math.max(0, Math.floor((texel * finer.scale[k] + finer.offset[k] + nudge) / EDGE)),
      );
    const from: Vector3 = [place(low[0], 0, 0.01), place(low[1], 1, 0.01), place(low[2], 2, 0.01)];
    const to: Vector3 = [place(high[0], 0, -0.01), place(high[1], 1, -0.01), place(high[2], 2, -0.01)];
    // Where one brick's finer ones are too many, others' may still fit.
    take(visible(levels, node.level - 1, from, to, sight));
  }
  return chosen;
}

/** The bricks from..to of a level that are seen. */
function visible(
  levels: readonly BrickLevel[],
  level: number,
  from: Vector3,
  to: Vector3,
  sight: Sight,
): Node[] {
  const info = levels[level];
  const found: Node[] = [];
  if (info === undefined) return found;
  for (let z = from[2]; z <= to[2]; z++)
    for (let y = from[1]; y <= to[1]; y++)
      for (let x = from[0]; x <= to[0]; x++) {
        const node = look(info, level, [x, y, z], sight);
        if (node !== undefined) found.push(node);
      }
  return found.sort((a, b) => a.far - b.far);
}

/** The brick as it lies on the screen; undefined when it does not. */
function look(info: BrickLevel, level: number, index: Vector3, sight: Sight): Node | undefined {
  const { low, high } = brickBounds(info, index);
  if (sight.keeps?.(low, high) === false) return undefined;
  const [rowX, rowY, rowW] = sight.toPixels;
  if (rowX === undefined || rowY === undefined || rowW === undefined) return undefined;
  const { box } = sight;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  let nearest = Infinity;
  let behind = 0;
  for (let corner = 0; corner < 8; corner++) {
    const px = corner & 1 ? high[0] : low[0];
    const py = corner & 2 ? high[1] : low[1];
    const pz = corner & 4 ? high[2] : low[2];
    const w = rowW[0] * px + rowW[1] * py + rowW[2] * pz + rowW[3];
    nearest = Math.min(nearest, w);
    if (w <= 1e-6) {
      behind++;
      continue;
    }
    const x = (rowX[0] * px + rowX[1] * py + rowX[2] * pz + rowX[3]) / w;
    const y = (rowY[0] * px + rowY[1] * py + rowY[2] * pz + rowY[3]) / w;
    [x0, x1] = [Math.min(x0, x), Math.max(x1, x)];
    [y0, y1] = [Math.min(y0, y), Math.max(y1, y)];
  }
  if (behind === 8) return undefined;
  // One that reaches behind the eye may cover anything.
  if (behind === 0 && (x1 < box.x0 || x0 > box.x1 || y1 < box.y0 || y0 > box.y1)) return undefined;
  const depth = Math.max(nearest, 0.01);
  let size = 0;
  for (let k = 0; k < 3; k++)
    size = Math.max(size, Math.hypot(rowX[k] ?? 0, rowY[k] ?? 0) / (info.scale[k] ?? 1) / depth);
  const middle =
    behind > 0 ? 0 : Math.hypot((x0 + x1 - box.x0 - box.x1) / 2, (y0 + y1 - box.y0 - box.y1) / 2);
  return { level, index, size, far: middle };
}

function count({ low, high }: { low: readonly number[]; high: readonly number[] }): number {
  return low.reduce((product, from, k) => product * ((high[k] ?? 0) - from + 1), 1);
}

/** 15 bits an axis hold 2^20 voxels. */
function keyOf({ level, index: [x, y, z] }: Selected): number {
  return ((level * 32768 + z) * 32768 + y) * 32768 + x;
}

/** A heap: the largest voxels first, then the nearest to the middle. */
class Queue {
  readonly #nodes: Node[] = [];

  add(node: Node): void {
    const nodes = this.#nodes;
    let at = nodes.push(node) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(node, nodes[up] as Node)) break;
      nodes[at] = nodes[up] as Node;
      at = up;
    }
    nodes[at] = node;
  }

  take(): Node | undefined {
    const nodes = this.#nodes;
    const top = nodes[0];
    const end = nodes.pop();
    if (top === undefined || end === undefined || nodes.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= nodes.length) break;
      if (down + 1 < nodes.length && before(nodes[down + 1] as Node, nodes[down] as Node)) down++;
      if (!before(nodes[down] as Node, end)) break;
      nodes[at] = nodes[down] as Node;
      at = down;
    }
    nodes[at] = end;
    return top;
  }
}

function before(a: Node, b: Node): boolean {
  return a.size === b.size ? a.far < b.far : a.size > b.size;
}
