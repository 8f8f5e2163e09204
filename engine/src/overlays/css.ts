/** Colours of the scene in the words of CSS. */

/** RGBA of the scene as CSS. */
export function css(color: readonly number[], alpha = 1): string {
  const [r = 0, g = 0, b = 0, a = 1] = color;
  return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)} / ${a * alpha})`;
}
