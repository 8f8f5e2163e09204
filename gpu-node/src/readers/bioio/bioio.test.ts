import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { openSource } from "../open.ts";
import { TestFolder } from "../testing/files.ts";

const folder = new TestFolder();
const options = { ...folder.options, environments: ENVIRONMENT_CACHE };
let python = "";
beforeAll(async () => {
  ({ python } = await new Environments(ENVIRONMENT_CACHE).ensure("eyepiece-readers"));
}, 600_000);
afterAll(() => folder.remove());

/** An Imaris file of two levels, as the format's description has it. */
const MAKE = `
import sys, h5py, numpy as np
def words(text): return np.array([c.encode() for c in text], dtype="S1")
with h5py.File(sys.argv[1], "w") as f:
    image = f.create_group("DataSetInfo/Image").attrs
    image["Unit"] = words("um"); image["Name"] = words("cells")
    for i, (low, high) in enumerate([(0, 20), (0, 10), (0, 9)]):
        image[f"ExtMin{i}"] = words(str(low)); image[f"ExtMax{i}"] = words(str(high))
    for c in range(2):
        a = f.create_group(f"DataSetInfo/Channel {c}").attrs
        a["Name"] = words(["DAPI", "GFP"][c]); a["Color"] = words(["0.0 0.0 1.0", "0.0 1.0 0.0"][c])
    for level, (z, y, x) in enumerate([(3, 20, 40), (3, 10, 20)]):
        for t in range(2):
            for c in range(2):
                g = f.create_group(f"DataSet/ResolutionLevel {level}/TimePoint {t}/Channel {c}")
                for axis, size in zip("ZYX", (z, y, x)): g.attrs[f"ImageSize{axis}"] = words(str(size))
                v = np.arange(z * y * x, dtype="<u2").reshape(z, y, x) + 10000 * t + 3000 * c + 40000 * level
                padded = np.zeros((4, 32, 64), "<u2"); padded[:z, :y, :x] = v
                g.create_dataset("Data", data=padded, chunks=(2, 16, 32), compression="gzip")
`;

const MAKE_CZI = `
import sys, numpy as np
from pylibCZIrw import czi
with czi.create_czi(sys.argv[1]) as file:
    for t in range(2):
        for c in range(2):
            for z in range(3):
                plane = np.arange(600, dtype="<u2").reshape(20, 30, 1) + 1000 * t + 3000 * c + 100 * z
                file.write(data=plane, plane={"T": t, "C": c, "Z": z})
    file.write_metadata("b", channel_names={0: "DAPI", 1: "GFP"}, scale_x=0.25e-6, scale_y=0.5e-6, scale_z=2e-6)
`;

const maker = (file: string): string => join(import.meta.dirname, "testing", file);

describe("files that are read in Python", () => {
  test("Imaris: channels, times, levels, sizes, plane by plane", async () => {
    const path = join(folder.path, "a.ims");
    execFileSync(python, ["-c", MAKE, path]);
    const layers = await openSource(path, options);
    expect(layers.map(({ defaults }) => [defaults.name, defaults.colormap?.colors[1]])).toEqual([
      ["DAPI", [0, 0, 1, 1]],
      ["GFP", [0, 1, 0, 1]],
    ]);
    const second = layers[1];
    if (!second) throw new Error("no layer");
    expect(second.defaults).toMatchObject({
      scale: [1, 3, 0.5, 0.5],
      units: ["pixel", "micrometer", "micrometer", "micrometer"],
      axis_labels: ["t", "z", "y", "x"],
    });
    expect(second.source.levels.map(({ shape }) => shape)).toEqual([
      [2, 3, 20, 40],
      [2, 3, 10, 20],
    ]);
    const { data } = await second.source.readBrick(0, [1, 2, 0, 0]);
    expect([data.length, data[0], data[799]]).toEqual([800, 2 * 800 + 13000, 2 * 800 + 799 + 13000]);
    expect((await second.source.readBrick(1, [0, 1, 0, 0])).data[7]).toBe(200 + 7 + 3000 + 40000);
    for (const { source } of layers) await source.dispose();
    await expect(second.source.readBrick(0, [0, 0, 0, 0])).rejects.toMatchObject({ name: "SourceError" });
  }, 120_000);

  // CZI as Zeiss' own library writes it; the others by what is known of their formats.
  test.each([
    ["b.czi", ["-c", MAKE_CZI], ["DAPI", "GFP"], [1, 2, 0.5, 0.25]],
    ["b.nd2", [maker("make_nd2.py")], ["DAPI", "GFP"], [1, 2, 0.25, 0.25]],
    ["b.lif", [maker("make_lif.py")], ["Series1 Blue", "Series1 Green", "Series2"], [1, 2, 0.5, 0.25]],
  ] as const)(
    "%s: channels, times, sizes, plane by plane",
    async (name, make, names, scale) => {
      const path = join(folder.path, name);
      execFileSync(python, [...make, path]);
      const layers = await openSource(path, options);
      expect(layers.map(({ defaults }) => defaults.name)).toEqual(names);
      const second = layers[1];
      if (!second) throw new Error("no layer");
      expect(second.defaults).toMatchObject({ scale, axis_labels: ["t", "z", "y", "x"] });
      expect(second.source.levels[0]?.shape).toEqual([2, 3, 20, 30]);
      const { data } = await second.source.readBrick(0, [1, 2, 0, 0]);
      expect([data.length, data[0], data[599]]).toEqual([600, 4200, 4799]);
      const abort = new AbortController();
      const read = second.source.readBrick(0, [0, 0, 0, 0], { signal: abort.signal });
      abort.abort(new Error("enough"));
      await expect(read).rejects.toThrow("enough");
      expect((await second.source.readBrick(0, [0, 0, 0, 0])).data[1]).toBe(3001);
      for (const { source } of layers) await source.dispose();
    },
    120_000,
  );

  test.each(["czi", "nd2", "lif", "ims"])(
    "a .%s that is none is refused in words",
    async (kind) => {
      await expect(openSource(folder.write(`bad.${kind}`, "this is nothing"), options)).rejects.toMatchObject(
        {
          name: "SourceError",
          message: expect.stringContaining(`bad.${kind} cannot be read`),
        },
      );
    },
    120_000,
  );

  test("without a folder for environments the reason is told", async () => {
    if (process.env.EYEPIECE_ENVIRONMENTS) return;
    await expect(openSource(folder.write("x.czi", ""), folder.options)).rejects.toThrow(
      "needs a Python environment",
    );
  });
});
