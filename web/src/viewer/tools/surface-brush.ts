/**
 * A brush on labels in 3D. Where it is, is what the node sees under the pointer: the first label on the ray. The pointer
 * may be faster than the answers; it is asked for where it is, and between two places a line is painted, as in napari.
 *
 *     idle --moved--> asking --a label is there--> painting --moved meanwhile--> asking      --nothing there--> lifted
 */
import type { ToolHost, Touch } from "./tool.ts";

/** Voxel coordinates of all axes where the ray of a place on the canvas meets the layer; undefined where it meets nothing. */
export async function seenAt(host: ToolHost, { x, y }: Touch): Promise<number[] | undefined> {
  const [layer, ndim] = [host.layer(), host.space()?.ndim];
  if (!layer) return undefined;
  const { value } = await host.session.ask({ valueAt: { x, y, layer: layer.id } });
  return value && value.value !== "" && value.coordinates.length === ndim
    ? [...value.coordinates]
    : undefined;
}

/** See the file's comment. One exists for each stroke. */
export class SurfaceBrush {
  readonly #host: ToolHost;
  readonly #paint: (points: number[][]) => void;
  #waiting: Touch[] = [];
  #last: number[] | undefined;
  #running: Promise<void> | undefined;
  #dropped = false;

  /** `paint` is called with the points of each part of the stroke: one at its beginning, then two. */
  constructor(host: ToolHost, paint: (points: number[][]) => void) {
    this.#host = host;
    this.#paint = paint;
  }

  /** Where the brush was last, in voxels. */
  get at(): readonly number[] | undefined {
    return this.#last;
  }

  /** The pointer was at these places. */
  over(touches: readonly Touch[]): void {
    this.#waiting.push(...touches);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Nothing more is painted. */
  drop(): void {
    this.#dropped = true;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Of what came during the last answer a few places are enough: the line between them is painted.
      const touch = this.#waiting.splice(0, Math.ceil(this.#waiting.length / 3)).at(-1);
      const at = touch && (await seenAt(this.#host, touch).catch(() => undefined));
      if (this.#dropped) return;
      if (at) this.#paint(this.#last ? [this.#last, at] : [at]);
      this.#last = at;
      this.#host.redraw();
    }
  }
}
