/** Colours of discs that are drawn as one colour each while the view moves: what their faces and borders come to, as the shader mixes them. */

import { nameOf } from "../buffers.ts";
import { Derived } from "../derived.ts";

/** Rings of equal area that a disc is looked at in. */
const RINGS = 16;
/** Shares are told apart this finely, so that a view that zooms does not mix all colours anew for each picture. */
const STEPS = 16;

/**
 * How much of an opaque disc's colour is its border's: 0 to 1. Of a small disc it is most, however thin the border is.
 * @param diameter in canvas pixels, as are the other two
 * @see shaders/points.ts, the rule for a pixel
 */
export function borderShare(diameter: number, border: number, antialiasing: number): number {
  if (border === 0) return 0;
  let [seen, ofBorder] = [0, 0];
  // Outside of the disc the border fades away.
  const reach = 0.5 * diameter + 0.5 * border + antialiasing;
  for (let ring = 0; ring < RINGS; ring++) {
    const r = reach * Math.sqrt((ring + 0.5) / RINGS) - 0.5 * diameter;
    const from = Math.abs(r) - Math.max(0.5 * border - antialiasing, 0);
    const share = from < 0 ? 1 : antialiasing === 0 ? 0 : Math.exp(-((from / antialiasing) ** 2));
    // A border of less than a pixel is seen through.
    const borders = share * Math.min(border, 1);
    const alpha = r > 0 ? borders : 1 - share + borders;
    seen += alpha;
    ofBorder += r > 0 ? alpha : share * alpha;
  }
  return ofBorder / seen;
}

const mixes = new Derived<Uint32Array, Uint32Array>(3);

/** Faces with a share of their borders, opaque as the faces are. RGBA bytes, a word each. */
export function mixedColors(faces: Uint32Array, borders: Uint32Array, share: number): Uint32Array {
  const steps = Math.round(share * STEPS);
  if (steps === 0) return faces;
  return mixes.get(faces, `${nameOf(borders)}/${steps}`, () => {
    const out = new Uint32Array(faces.length);
    const rest = STEPS - steps;
    for (let i = 0; i < faces.length; i++) {
      const [face, border] = [faces[i] as number, borders[i] as number];
      // Two channels at a time, each with room for its product.
      const even = (((face & 0xff_00_ff) * rest + (border & 0xff_00_ff) * steps) / STEPS) & 0xff_00_ff;
      const green = ((((face >>> 8) & 255) * rest + ((border >>> 8) & 255) * steps) / STEPS) & 255;
      out[i] = ((face & 0xff_00_00_00) | even | (green << 8)) >>> 0;
    }
    return out;
  });
}
