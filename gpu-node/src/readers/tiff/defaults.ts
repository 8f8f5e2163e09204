/** How a channel of a TIFF is to be shown. */
import { colormapOf, defaultColormap } from "../colors.ts";
import type { LayerDefaults } from "../types.ts";
import type { Layout } from "./layout.ts";

/** Name, place and colour; `axes` are those before y and x. */
export function defaultsOf(
  layout: Layout,
  axes: readonly ("t" | "c" | "z")[],
  index: number,
  count: number,
): LayerDefaults {
  const channel = layout.channels[index];
  const { size, unit, timeUnit } = layout;
  const colormap = colormapOf(channel?.color) ?? defaultColormap(index, count);
  return {
    name: count > 1 ? (channel?.name ?? `${layout.name} ${index}`) : layout.name,
    scale: [...axes.map((axis) => (axis === "c" ? 1 : size[axis])), size.y, size.x],
    translate: [...axes, "y", "x"].map(() => 0),
    units: [...axes.map((axis) => (axis === "z" ? unit : axis === "t" ? timeUnit : "pixel")), unit, unit],
    axis_labels: [...axes, "y", "x"],
    ...(count > 1 && colormap ? { colormap, blending: "additive" as const } : {}),
  };
}
