/** Pixels that are filled from the front to the back. */
import type { PixelBox } from "../../draw.ts";

/** Tiles are 2^2 pixels wide and high. */
export const TILE_SHIFT = 2;
/** A tile's edge in pixels. */
export const TILE = 1 << TILE_SHIFT;
/** Blocks are 2^4 pixels wide and high. */
export const BLOCK_SHIFT = 4;
const BLOCK = 1 << BLOCK_SHIFT;
/** Nothing yet: no colour, and all shines through. */
export const EMPTY = 0xff_00_00_00 | 0;

/** Colours so far, and what shines through. One object serves pictures of one size again and again. */
export class FrontPixels {
  readonly box: PixelBox;
  readonly width: number;
  readonly height: number;
  /** A word a pixel (signed, since these are the faster ones), as bytes: red, green and blue times what they cover, and what shines through. */
  readonly values: Int32Array<ArrayBuffer>;
  /** Pixels of each tile that are not done, or more. */
  readonly left: Uint8Array;
  readonly tilesAcross: number;
  /** Pixels of each block that are not done. */
  readonly open: Uint16Array;
  readonly blocksAcross: number;
  readonly #freshBlocks: Uint16Array;
  readonly #fresh: Uint8Array;

  constructor(box: PixelBox) {
    this.box = box;
    this.width = Math.max(1, box.x1 - box.x0);
    this.height = Math.max(1, box.y1 - box.y0);
    this.values = new Int32Array(this.width * this.height);
    this.tilesAcross = Math.ceil(this.width / TILE);
    const down = Math.ceil(this.height / TILE);
    this.left = new Uint8Array(this.tilesAcross * down);
    this.#fresh = this.left.map((_, tile) => {
      const [tx, ty] = [tile % this.tilesAcross, Math.floor(tile / this.tilesAcross)];
      return Math.min(TILE, this.height - ty * TILE) * Math.min(TILE, this.width - tx * TILE);
    });
    this.blocksAcross = Math.ceil(this.width / BLOCK);
    this.open = new Uint16Array(this.blocksAcross * Math.ceil(this.height / BLOCK));
    for (let tile = 0; tile < this.left.length; tile++) {
      const [tx, ty] = [tile % this.tilesAcross, Math.floor(tile / this.tilesAcross)];
      const block = (ty >> 2) * this.blocksAcross + (tx >> 2);
      this.open[block] = (this.open[block] ?? 0) + (this.#fresh[tile] ?? 0);
    }
    this.#freshBlocks = this.open.slice();
  }

  /** Lets a colour, red, green and blue in 0..1, shine through where something still does; no item can be added then. */
  over(background: readonly [number, number, number]): void {
    const [red = 0, green = 0, blue = 0] = background.map((value) => Math.round(value * 255));
    const bare = red | (green << 8) | (blue << 16) | EMPTY;
    const { values } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (value === EMPTY) values[i] = bare;
      else {
        const through = (value >>> 24) / 255;
        if (through === 0) values[i] = value | EMPTY;
        else {
          const r = Math.min(255, (value & 255) + red * through + 0.5);
          const g = Math.min(255, ((value >>> 8) & 255) + green * through + 0.5);
          const b = Math.min(255, ((value >>> 16) & 255) + blue * through + 0.5);
          values[i] = r | (g << 8) | (b << 16) | EMPTY;
        }
      }
    }
  }

  /** Empties all pixels. */
  clear(): void {
    this.values.fill(EMPTY);
    this.left.set(this.#fresh);
    this.open.set(this.#freshBlocks);
  }
}
