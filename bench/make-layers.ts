/** Ten layers of all kinds that files have, in a folder of their own: what people lay over a volume. */
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A number in 0..1 that follows from `i`. */
const random = (i: number, salt: number): number => {
  const x = Math.sin(i * 12.9898 + salt * 78.233) * 43758.5453;
  return x - Math.floor(x);
};
const SHAPE = [181, 217, 181] as const;
const place = (i: number): string =>
  SHAPE.map((size, axis) => (random(i, axis) * (size - 1)).toFixed(2)).join(",");

/** Points, napari's columns. */
function points(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `${i},${place(i)}`);
  return ["index,axis-0,axis-1,axis-2", ...rows].join("\n");
}

/** Rectangles in slices. */
function shapes(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const [z = "0", y = "0", x = "0"] = place(i).split(",");
    const corners = [
      [0, 0],
      [0, 12],
      [9, 12],
      [9, 0],
    ];
    return corners.map(
      ([dy = 0, dx = 0], k) => `${i},rectangle,${k},${Math.round(+z)},${+y + dy},${+x + dx}`,
    );
  });
  return ["index,shape-type,vertex-index,axis-0,axis-1,axis-2", ...rows.flat()].join("\n");
}

/** Tracks that wander through the slices. */
function tracks(count: number, length: number): string {
  const rows = Array.from({ length: count }, (_, id) => {
    const [, y = "0", x = "0"] = place(id + 7).split(",");
    return Array.from(
      { length },
      (_, t) => `${id},${t * 3},${(+y + 4 * Math.sin(t + id)).toFixed(2)},${(+x + t / 2).toFixed(2)}`,
    );
  });
  return ["ID,T,Y,X", ...rows.flat()].join("\n");
}

/** A ball as OBJ. */
function ball(radius: number, rings: number): string {
  const lines: string[] = [];
  for (let a = 0; a <= rings; a++)
    for (let b = 0; b < 2 * rings; b++) {
      const [u, v] = [(a / rings) * Math.PI, (b / rings) * Math.PI];
      const [z, y, x] = [Math.cos(u), Math.sin(u) * Math.cos(v), Math.sin(u) * Math.sin(v)];
      lines.push(
        `v ${(90 + radius * z).toFixed(3)} ${(108 + radius * y).toFixed(3)} ${(90 + radius * x).toFixed(3)}`,
      );
    }
  const at = (a: number, b: number): number => a * 2 * rings + (b % (2 * rings)) + 1;
  for (let a = 0; a < rings; a++)
    for (let b = 0; b < 2 * rings; b++)
      lines.push(
        `f ${at(a, b)} ${at(a + 1, b)} ${at(a, b + 1)}`,
        `f ${at(a + 1, b)} ${at(a + 1, b + 1)} ${at(a, b + 1)}`,
      );
  return lines.join("\n");
}

/** Writes nine files beside a volume. @returns all ten, the volume first */
export function makeLayers(folder: string, volume: string): string[] {
  const copies = ["second", "third"].map((name) => {
    const file = join(folder, `${name}.nii.gz`);
    copyFileSync(volume, file);
    return file;
  });
  const made: readonly (readonly [string, string])[] = [
    ["cells.csv", points(20_000)],
    ["spots.csv", points(2_000)],
    ["regions.csv", shapes(1_000)],
    ["outlines.csv", shapes(200)],
    ["tracks.csv", tracks(500, 40)],
    ["ball.obj", ball(60, 60)],
    ["core.obj", ball(25, 30)],
  ];
  for (const [name, text] of made) writeFileSync(join(folder, name), text);
  return [volume, ...copies, ...made.map(([name]) => join(folder, name))];
}
