/** A curve as small as a word, for a row of a table. */
import { nothing, svg, type TemplateResult } from "lit";

const [WIDTH, HEIGHT] = [72, 18];

/** See the file's comment. Nothing for fewer than two values. */
export function sparkline(
  values: readonly (number | null)[],
  label: string,
): TemplateResult | typeof nothing {
  const points = values.flatMap((value, i) =>
    value === null || !Number.isFinite(value) ? [] : [[i, value] as const],
  );
  if (points.length < 2) return nothing;
  const all = points.map(([, value]) => value);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = most - least || 1;
  const path = points
    .map(([i, value]) => {
      const x = 1 + (i / Math.max(1, values.length - 1)) * (WIDTH - 2);
      const y = 1 + (1 - (value - least) / span) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return svg`<svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    <polyline points=${path} fill="none" stroke="var(--accent)" stroke-width="1.25" stroke-linejoin="round" />
  </svg>` as TemplateResult;
}
