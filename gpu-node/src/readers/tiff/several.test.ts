import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSource } from "../open.ts";
import { bytesOf, readLevel, TestFolder, tiff } from "../testing/files.ts";

const folder = new TestFolder();
afterAll(() => folder.remove());

const [W, H] = [5, 4];
const page = (value: number, description?: string) => ({
  width: W,
  height: H,
  bits: 16,
  format: 1,
  data: bytesOf(new Uint16Array(W * H).fill(value)),
  ...(description === undefined ? {} : { description }),
});
const ome = (files: readonly string[]) =>
  `<OME><Image ID="Image:0"><Pixels DimensionOrder="XYZCT" Type="uint16" SizeX="${W}" SizeY="${H}" SizeZ="2" SizeC="1" SizeT="${files.length}">${files
    .map((name, t) =>
      [0, 1]
        .map(
          (z) =>
            `<TiffData FirstT="${t}" FirstZ="${z}" IFD="${z}" PlaneCount="1"><UUID FileName="${name}">urn:uuid:${t}</UUID></TiffData>`,
        )
        .join(""),
    )
    .join("")}</Pixels></Image></OME>`;

test("planes are found in the files that hold them, when they are looked at", async () => {
  const names = ["a.ome.tif", "b.ome.tif", "c.ome.tif"];
  for (const [t, name] of names.entries())
    folder.write(name, tiff([page(10 * t, ome(names)), page(10 * t + 1)]));
  for (const name of names) {
    const [layer] = await openSource(join(folder.path, name), folder.options);
    if (!layer) throw new Error("no layer");
    const { shape, values } = await readLevel(layer.source);
    expect(shape).toEqual([3, 2, H, W]);
    expect([0, 1, 2, 3, 4, 5].map((i) => values[i * W * H])).toEqual([0, 1, 10, 11, 20, 21]);
    await layer.source.dispose();
  }
});

test("a companion file, from either side", async () => {
  const names = ["p.tif", "q.tif"];
  const only = '<OME><BinaryOnly MetadataFile="m.companion.ome" UUID="urn:uuid:1"/></OME>';
  for (const [t, name] of names.entries()) folder.write(name, tiff([page(10 * t, only), page(10 * t + 1)]));
  folder.write("m.companion.ome", ome(names));
  for (const name of ["m.companion.ome", "q.tif"]) {
    const [layer] = await openSource(join(folder.path, name), folder.options);
    if (!layer) throw new Error("no layer");
    expect((await readLevel(layer.source)).values[3 * W * H]).toBe(11);
    await layer.source.dispose();
  }
});

test("files that are missing, or lie elsewhere, are told when they are looked at", async () => {
  const inner = join(folder.path, "inner");
  mkdirSync(inner);
  folder.write("outside.tif", tiff([page(1), page(2)]));
  symlinkSync(join(folder.path, "outside.tif"), join(inner, "link.tif"));
  for (const [name, message] of [
    ["../outside.tif", /lies outside/],
    [join(folder.path, "outside.tif"), /lies outside/],
    ["link.tif", /lies outside/],
    ["gone.tif", /does not exist/],
  ] as const) {
    const path = join(inner, "x.ome.tif");
    writeFileSync(path, tiff([page(5, ome(["x.ome.tif", name])), page(6)]));
    const [layer] = await openSource(path, folder.options);
    if (!layer) throw new Error("no layer");
    expect((await layer.source.readBrick(0, [0, 1, 0, 0])).max).toBe(6);
    await expect(layer.source.readBrick(0, [1, 0, 0, 0])).rejects.toMatchObject({
      name: "SourceError",
      message: expect.stringMatching(message),
    });
    await layer.source.dispose();
  }
});

test("ImageJ's files of one page and all planes after it", async () => {
  const planes = 12;
  const data = Uint16Array.from({ length: W * H * planes }, (_, i) => i);
  const description = `ImageJ=1.53\nimages=${planes}\nchannels=2\nslices=3\nframes=2\nhyperstack=true\n`;
  for (const little of [true, false]) {
    // One page whose only strip is followed by the rest.
    const head = tiff([{ ...page(0, description), data: bytesOf(data, !little) }], { little });
    const [first, second] = await openSource(folder.write("ij.tif", head), folder.options);
    if (!first || !second) throw new Error("no layers");
    const { shape, values } = await readLevel(second.source);
    expect(shape).toEqual([2, 3, H, W]);
    // t = 1, z = 2, c = 1 is plane 1 + 2 * (2 + 3 * 1).
    expect(values[5 * W * H]).toBe(11 * W * H);
    await first.source.dispose();
    await second.source.dispose();
  }
  const cut = tiff([{ ...page(0, description.replace("12", "500")), data: bytesOf(data) }]);
  await expect(openSource(folder.write("cut.tif", cut), folder.options)).rejects.toThrow("500 planes");
});
