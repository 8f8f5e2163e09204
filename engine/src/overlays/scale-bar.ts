/** The scale bar's length: a round number of world units near a wanted number of pixels. */

/** What to draw. */
export interface ScaleBar {
  /** CSS pixels. */
  readonly length: number;
  readonly label: string;
}

/** Metres of the units that people write, in the spellings that files have. */
const METRES: Readonly<Record<string, number>> = {
  ...{ nanometer: 1e-9, nanometre: 1e-9, nm: 1e-9, angstrom: 1e-10, å: 1e-10 },
  ...{ micrometer: 1e-6, micrometre: 1e-6, micron: 1e-6, microns: 1e-6, um: 1e-6, µm: 1e-6, μm: 1e-6 },
  ...{ millimeter: 1e-3, millimetre: 1e-3, mm: 1e-3, centimeter: 1e-2, centimetre: 1e-2, cm: 1e-2 },
  ...{ meter: 1, metre: 1, m: 1, kilometer: 1e3, kilometre: 1e3, km: 1e3 },
};
const PREFIXED: readonly (readonly [number, string])[] = [
  ...([
    [1e3, "km"],
    [1, "m"],
    [1e-3, "mm"],
    [1e-6, "µm"],
    [1e-9, "nm"],
    [1e-12, "pm"],
  ] as const),
];

/** The largest of 1, 2, 5 times a power of ten that is not above `value`. */
export function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const times = value / power;
  const step = times >= 5 - 1e-9 ? 5 : times >= 2 - 1e-9 ? 2 : 1;
  return step * power;
}

const TIMES: Readonly<Record<string, string>> = {
  ...{ second: "s", seconds: "s", sec: "s", minute: "min", minutes: "min", hour: "h", hours: "h" },
  ...{ millisecond: "ms", milliseconds: "ms", microsecond: "µs", day: "d", days: "d" },
};

/** A short unit for people: "micrometer" is "µm", "pixel" is "px". */
export function shortUnit(unit: string): string {
  const metres = METRES[unit.toLowerCase()];
  if (metres !== undefined) return PREFIXED.find(([factor]) => factor === metres)?.[1] ?? unit;
  const time = TIMES[unit.toLowerCase()];
  if (time !== undefined) return time;
  return unit === "" || /^pixels?$/.test(unit) ? "px" : unit;
}

/** The bar in the one unit that a person chose. World units that are no lengths are taken for it, as in napari. */
function barIn(fixed: string, wanted: number, zoom: number, unit: string): ScaleBar {
  const [own, world] = [METRES[fixed.toLowerCase()], METRES[unit.toLowerCase()]];
  const factor = own === undefined || world === undefined ? 1 : world / own;
  const value = roundStep(wanted * factor);
  return { length: (value / factor) * zoom, label: `${plain(value)} ${shortUnit(fixed)}` };
}

/**
 * The bar for a zoom of CSS pixels per world unit; `fixed` is the unit to write it in, else the one that suits.
 * @returns undefined when nothing sensible fits
 */
export function scaleBar(zoom: number, unit: string, target = 150, fixed = ""): ScaleBar | undefined {
  const wanted = target / zoom;
  if (!Number.isFinite(wanted) || wanted <= 0) return undefined;
  if (fixed !== "") return barIn(fixed, wanted, zoom, unit);
  const metres = METRES[unit.toLowerCase()];
  if (metres === undefined) {
    const value = roundStep(wanted);
    return { length: value * zoom, label: `${plain(value)} ${shortUnit(unit)}` };
  }
  const [factor, name] = PREFIXED.find(([least]) => wanted * metres >= least) ?? ([1e-12, "pm"] as const);
  const value = roundStep((wanted * metres) / factor);
  return { length: ((value * factor) / metres) * zoom, label: `${plain(value)} ${name}` };
}

function plain(value: number): string {
  if (value >= 1e6 || value < 1e-4) return value.toExponential(0);
  return String(Number(value.toPrecision(3)));
}
