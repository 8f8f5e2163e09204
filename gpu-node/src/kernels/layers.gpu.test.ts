/** All layers from Python, as a person's script makes them: a real kernel, a real session. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestNode, TestPage } from "./testing/kernels.ts";
import { type TestViewers, testViewers } from "./testing/viewers.ts";

let data: string;
let node: TestNode;
let viewers: TestViewers;
let page: TestPage;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "eyepiece-layers-"));
  mkdirSync(join(data, "in"));
  viewers = testViewers([data]);
  ({ node } = viewers);
  page = node.page({ notebook: "n1" });
  await page.run("import eyepiece, numpy as np, os, time", "warm-up", 240_000);
}, 300_000);
afterAll(async () => {
  await viewers.end();
  rmSync(data, { recursive: true, force: true });
});

let made = 0;
async function cell(code: string): Promise<string> {
  const execution = `l-${++made}`;
  await page.run(code, execution, 120_000);
  return page.text(execution);
}

test("shows points in their colours and sizes, and changes them", async () => {
  const code = `
viewer = eyepiece.Viewer("points")
points = viewer.add_points([[0, 0], [0, 100], [100, 0], [100, 100]], size=[20, 20, 20, 40], symbol="s", border_width=0,
    face_color=["red", "lime", "#0000ff", (1, 1, 0)], features={"score": [0.0, 1.0, 2.0, 3.0], "kind": list("abab")})
shot = viewer.screenshot(size=(240, 240))
found = {tuple(int(c) for c in pixel[:3]): int(n) for pixel, n in zip(*np.unique(shot.reshape(-1, 4), axis=0, return_counts=True))}
areas = [found.get(color, 0) for color in [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]]
print(shot.shape, [round(area / areas[0]) for area in areas[:3]], 3.5 < areas[3] / areas[0] < 5, areas[0] > 200)
print(points.size.tolist(), points.symbol.tolist(), points.data.shape, points.features["kind"].tolist())`;
  expect(await cell(code)).toBe(
    "(240, 240, 4) [1, 1, 1] True True\n[20.0, 20.0, 20.0, 40.0] ['square', 'square', 'square', 'square'] (4, 2) ['a', 'b', 'a', 'b']\n",
  );
});

test("makes all layers, and changes them as napari's users do", async () => {
  const code = `
viewer = eyepiece.Viewer("all")
image = viewer.add_image(np.random.default_rng(1).random((4, 60, 80)), name="image", colormap="magma")
labels = viewer.add_labels((np.arange(4 * 60 * 80).reshape(4, 60, 80) // 100 % 5).astype(np.int32), colormap={1: "red", 2: "blue", None: "green"})
points = viewer.add_points([[1, 10, 20], [2, 30, 40]], face_color="score", features={"score": [0.5, 0.75]}, text="{score:.1f}")
shapes = viewer.add_shapes([[[0, 5, 5], [0, 20, 30]], [[0, 30, 30], [0, 10, 5]]], shape_type=["rectangle", "ellipse"], edge_width=[1, 3], z_index=[0, 2])
vectors = viewer.add_vectors([[[0, 0], [5, 5]], [[10, 10], [0, 9]]], edge_color=["red", "blue"], vector_style="arrow")
tracks = viewer.add_tracks([[1, 0, 5, 5], [1, 1, 8, 8], [0, 0, 1, 1], [2, 2, 9, 9]], graph={2: [1]}, tail_length=5)
surface = viewer.add_surface((np.array([[0, 0, 0], [0, 50, 0], [0, 0, 50.0]]), [[0, 1, 2]], [0.0, 1.0, 2.0]), colormap="viridis", wireframe={"visible": True, "color": "red"})
print([layer.name for layer in viewer.layers], len(viewer.layers), "Points" in viewer.layers, viewer.layers["Shapes"] is shapes)
viewer.layers.move(0, -1)
print(viewer.layers.index("image"))
points.size = [5, 7]; points.symbol = "+"; points.add([3, 1, 1]); points.selected_data = {0}; points.remove_selected()
print(points.data.tolist(), points.size.tolist(), points.symbol.tolist(), points.face_color_mode, points.features["score"].tolist()[:1])
points.face_color = "red"
print(points.face_color_mode, points.face_color[:, 0].tolist(), points.text["string"])
print([shape.shape for shape in shapes.data], shapes.shape_type, shapes.z_index.tolist(), shapes.edge_width.tolist())
shapes.add_lines([[0, 1, 1], [0, 9, 9]], edge_color="lime")
print(len(shapes), shapes.edge_color[-1].tolist(), vectors.data.shape, vectors.edge_color[1].tolist())
print(tracks.data.tolist(), tracks.graph, tracks.tail_length, surface.vertex_values.tolist(), surface.colormap, surface.contrast_limits)
labels.opacity = 1; labels.n_edit_dimensions = 2; labels.brush_size = 5; labels.paint((1, 30, 40), 7)
print((labels.data == 7).sum(axis=(1, 2)).tolist()); labels.undo(); print(int((labels.data == 7).sum()))
labels.data = np.zeros((4, 60, 80), np.int32); labels.fill((0, 0, 0), 3); print(np.unique(labels.data[0]).tolist(), np.unique(labels.data[1]).tolist())
image.scale = (2, 1); image.rotate = 90; print(image.scale.tolist(), np.round(image.rotate).tolist(), image.data.shape)
image.scale = 1; image.rotate = 0; image.contrast_limits = (0, 0.5); image.metadata = {"a": 1}; print(image.contrast_limits, image.metadata)
try: points.sizes = 3
except AttributeError as error: print(error)
try: viewer.add_points([[1, 2]], symbol="heart")
except ValueError as error: print(str(error)[:30])
viewer.layers.remove("Vectors"); del viewer.layers["Tracks"]; print(len(viewer.layers), viewer.screenshot(size=(50, 60)).shape)`;
  expect((await cell(code)).split("\n")).toEqual([
    "['image', 'Labels', 'Points', 'Shapes', 'Vectors', 'Tracks', 'Surface'] 7 True True",
    "6",
    "[[2.0, 30.0, 40.0], [3.0, 1.0, 1.0]] [7.0, 10.0] ['cross', 'disc'] colormap [0.75]",
    "direct [1.0, 1.0] {score:.1f}",
    "[(4, 3), (4, 3)] ['rectangle', 'ellipse'] [0, 2] [1.0, 3.0]",
    "3 [0.0, 1.0, 0.0, 1.0] (2, 2, 2) [0.0, 0.0, 1.0, 1.0]",
    "[[0.0, 0.0, 1.0, 1.0], [1.0, 0.0, 5.0, 5.0], [1.0, 1.0, 8.0, 8.0], [2.0, 2.0, 9.0, 9.0]] {2: [1]} 5 [0.0, 1.0, 2.0] viridis (0, 2)",
    "[0, 21, 0, 0]",
    "0",
    "[3] [0]",
    "[1.0, 2.0, 1.0] [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]] (4, 60, 80)",
    "(0, 0.5) {'a': 1}",
    "A layer has no property sizes.",
    "There is no symbol 'heart': ar",
    "5 (50, 60, 4)",
    "",
  ]);
});

test("takes a million points, and gives their data as arrays", async () => {
  const code = `
viewer = eyepiece.Viewer("many")
where = np.random.default_rng(0).random((1_000_000, 2)) * 1000
len(viewer.layers)
many = viewer.add_points(where, size=2, face_color="red")
print(len(many), np.array_equal(many.data, where), len(os.listdir(os.environ["EYEPIECE_ARRAYS"])) < 9)
`;
  expect(await cell(code)).toBe("1000000 True True\n");
});

test("moves everybody's dims and camera, and hears of what happens", async () => {
  const code = `
viewer = eyepiece.Viewer("look")
layer = viewer.add_image(np.zeros((10, 40, 50), np.uint8), scale=(2, 1, 1))
viewer.dims.ndisplay = 2
print(viewer.dims.ndim, viewer.dims.ndisplay, viewer.dims.nsteps, viewer.dims.range[0])
viewer.dims.current_step = (3, 0, 0); print(viewer.dims.point[0], viewer.dims.current_step[0])
viewer.dims.set_point(0, 8.0); print(viewer.dims.current_step[0], viewer.dims.displayed, viewer.dims.not_displayed)
viewer.camera.zoom = 3; viewer.camera.center = (10, 12); print(viewer.camera.zoom, viewer.camera.center)
viewer.dims.ndisplay = 3; viewer.camera.angles = (10, 20, 30); viewer.camera.perspective = 30; print(viewer.camera.angles, viewer.camera.perspective)
viewer.reset_view(); print(viewer.camera.angles, viewer.camera.center)
try: viewer.dims.order = (0, 0, 1)
except Exception as error: print(error)
heard = []
layer.events.opacity.connect(lambda event: heard.append((event.type, event.value, event.source is layer)))
viewer.layers.events.inserted.connect(lambda: heard.append("inserted"))
viewer.dims.events.current_step.connect(lambda event: heard.append(event.value[0]))
import asyncio
viewer.dims.set_current_step(0, 1); await asyncio.sleep(0.4); heard.clear()
layer.opacity = 0.5; viewer.add_points([[1, 2, 3]]); viewer.dims.set_current_step(0, 7)
for _ in range(50):
    await asyncio.sleep(0.1)
    if 7 in heard: break
print(heard)`;
  expect((await cell(code)).split("\n")).toEqual([
    "3 2 (10, 40, 50) (0, 18, 2)",
    "6 3",
    "4 (1, 2) (0,)",
    "3.0 (0, 10, 12)",
    "(10, 20, 30) 30.0",
    "(0, 0, 0) (9, 19.5, 24.5)",
    "The order of the dims names each of the 3 axes once.",
    "[('opacity', 0.5, True), 'inserted', 7]",
    "",
  ]);
});

test("saves scenes and layers, and opens them again as they were", async () => {
  const code = `
viewer = eyepiece.Viewer("saved")
rng = np.random.default_rng(5)
viewer.add_image(rng.random((5, 40, 50)), colormap="viridis", gamma=0.7)
labels = viewer.add_labels(rng.integers(0, 4, (5, 40, 50)).astype(np.uint8), opacity=0.3)
labels.paint((2, 20, 20), 9)
viewer.add_points(rng.random((20, 2)) * 38, size=4, face_color=["red", "blue"] * 10, name="spots")
viewer.add_shapes([[[0, 0], [10, 10]]], shape_type="rectangle", face_color="lime")
viewer.dims.ndisplay = 2; viewer.dims.set_current_step(0, 2); viewer.camera.zoom = 9
before = viewer.screenshot()
print([os.path.basename(path) for path in viewer.save("scene.eyepiece.json")])
again = eyepiece.Viewer("again")
print([layer.name for layer in again.open("scene.eyepiece.json")])
after = again.screenshot()
print(np.array_equal(before, after), int(before[..., :3].max()) > 100, again.camera.zoom)
print(viewer.layers["spots"].save("spots.csv")[0].split("/")[-1], open("spots.csv").readline().strip())
print([os.path.basename(path) for path in labels.save("labels.ome.zarr")], os.path.exists("labels.ome.zarr/zarr.json"))
back = eyepiece.Viewer("back"); back.open("labels.ome.zarr"); back.open("spots.csv")
print([type(layer).__name__ for layer in back.layers], np.array_equal(back.layers[0].data, labels.data), back.layers[1].data.shape)
print(viewer.screenshot("shot.png", scale=0.5).shape, open("shot.png", "rb").read(4))
print(viewer.export_figure(scale=2).shape, viewer.screenshot(size=(64, 70), scale=70).shape)
try: viewer.layers["spots"].save("spots.png")
except Exception as error: print(error)`;
  expect((await cell(code)).split("\n")).toEqual([
    "['scene.files', 'scene.eyepiece.json']",
    "['Image', 'Labels', 'spots', 'Shapes']",
    "True True 9.0",
    "spots.csv index,axis-0,axis-1",
    "['labels.ome.zarr'] True",
    "['Labels', 'Points'] True (20, 2)",
    "(360, 640, 4) b'\\x89PNG'",
    "(80, 100, 4) (4480, 4900, 4)",
    "A layer of type points is saved under a name that ends in .csv.",
    "",
  ]);
});

test("labels have features, by the label or by the row", async () => {
  const code = `
viewer = eyepiece.Viewer("known")
labels = viewer.add_labels(np.zeros((40, 50), np.uint8), features={"index": [3, 7], "area": [12.5, 2.0], "kind": ["round", "long"]})
before = labels.features
labels.features = {"score": [0.5, 1.0, 1.5]}
after = labels.features
viewer._operate([{"op": "items.set", "id": labels._id, "indices": [1], "rows": {"count": 1, "columns": {}, "features": {"score": [9]}}}])
print([before[name].tolist() for name in ("index", "area", "kind")], [after[name].tolist() for name in ("index", "score")], labels.features["score"].tolist())
viewer.undo(); viewer.undo(); print(labels.features["kind"].tolist(), viewer.add_labels(np.zeros((4, 5), int)).features["index"].tolist())`;
  expect(await cell(code)).toBe(
    "[[3, 7], [12.5, 2.0], ['round', 'long']] [[0, 1, 2], [0.5, 1.0, 1.5]] [0.5, 9.0, 1.5]\n['round', 'long'] []\n",
  );
});

test("layers of one viewer are put into another, with all that they are", async () => {
  const code = `
one, two = eyepiece.Viewer("one"), eyepiece.Viewer("two")
one.add_image(np.arange(6000, dtype=np.float32).reshape(60, 100), gamma=0.5, colormap="viridis", scale=(2, 3))
one.add_labels(np.eye(50, dtype=np.uint8) * 3, features={"index": [3], "kind": ["line"]})
one.add_points([[1, 2], [3, 4]], size=7, face_color="red")
one.add_shapes([np.array([[0, 0], [0, 5], [5, 5]])], shape_type="polygon")
one.add_vectors([[[0, 0], [1, 1]]]); one.add_tracks([[1, 0, 5, 5], [1, 1, 6, 6]])
one.add_surface((np.array([[0, 0], [0, 5], [5, 5]], float), np.array([[0, 1, 2]])))
two.add_points([[9, 9]], name="first")
copies = two.layers.extend(one.layers)
under = two.layers.insert(0, one.layers["Image"])
def plain(layer):
    known = layer._viewer._layer(layer._id)
    return {name: value for name, value in known.items() if name not in ("id", "data", "features", "name")}
print([layer.name for layer in two.layers])
print([plain(a) == plain(b) for a, b in zip(one.layers, copies)], np.array_equal(under.data, one.layers["Image"].data))
print(copies[1].features["kind"].tolist(), copies[2].size.tolist(), copies[3].shape_type)
try: two.layers.append(under)
except ValueError as error: print(str(error).split(" is ")[1])`;
  expect((await cell(code)).split("\n")).toEqual([
    "['Image [1]', 'first', 'Image', 'Labels', 'Points', 'Shapes', 'Vectors', 'Tracks', 'Surface']",
    "[True, True, True, True, True, True, True] True",
    "['line'] [7.0, 7.0] ['polygon']",
    "in this viewer already: `move` moves it.",
    "",
  ]);
});

test("the command draws a scene file, the same to the pixel", async () => {
  const out = join(data, "drawn.png");
  const code = `
viewer = eyepiece.Viewer("drawn")
rng = np.random.default_rng(5)
viewer.add_image(rng.random((5, 40, 50)), colormap="viridis"); viewer.add_points(rng.random((20, 3)) * 38, size=4, face_color="lime")
labels = viewer.add_labels(np.zeros((5, 40, 50), np.uint8)); labels.paint((2, 20, 20), 3); labels.paint((3, 9, 30), 4)
viewer.dims.ndisplay = 3; viewer.camera.angles = (10, 30, 5)
viewer.save("drawn.eyepiece.json"); shot = viewer.screenshot("drawn.png")`;
  expect(await cell(code)).toBe("");
  const work = join(node.folder, "kernels", readdirSync(join(node.folder, "kernels"))[0] ?? "", "work");
  const program = fileURLToPath(new URL("../render/main.ts", import.meta.url));
  execFileSync(process.execPath, [program, join(work, "drawn.eyepiece.json"), out, "", "1"]);
  const [drawn, seen] = [out, join(work, "drawn.png")].map((file) => decode(readFileSync(file)));
  expect([drawn?.width, drawn?.height, drawn?.channels]).toEqual([1280, 720, 3]);
  const rgb = Uint8Array.from(seen?.data ?? []).filter((_, at) => at % 4 < 3);
  expect(Buffer.compare(Buffer.from(drawn?.data ?? []), Buffer.from(rgb))).toBe(0);
  execFileSync(process.execPath, [program, join(work, "drawn.eyepiece.json"), out, "100x80", "2"]);
  expect(decode(readFileSync(out)).width).toBe(200);
});

const EXAMPLES: Readonly<Record<string, string>> = {
  image: "(600, 800, 4) (60, 80, 80) Image",
  labels: "[0, 1, 2, 3]",
  points: "401 (401, 4)",
  shapes: "['rectangle', 'ellipse', 'polygon', 'line'] [4, 4, 3, 2]",
  surface: "(2400, 3) (",
  tracks: "(75, 4) {3: [2], 4: [2]} 25",
  vectors: "(400, 2, 2) colormap",
};
for (const [name, begins] of Object.entries(EXAMPLES))
  test(`the example ${name}.py runs as it is`, async () => {
    const folder = new URL("../../python/examples/", import.meta.url);
    const text = await cell(readFileSync(new URL(`${name}.py`, folder), "utf8"));
    expect(text.startsWith(begins), text).toBe(true);
    // The picture is not black, and the cell shows the viewer.
    expect(Number(/ (\d+)\n/.exec(text)?.[1])).toBeGreaterThan(100);
    expect(text).toMatch(/<Viewer '.*' with \d layers>\n$/);
  });

test("shows what lies over the picture, as napari's users ask for it, also in screenshots", async () => {
  const code = `
viewer = eyepiece.Viewer("over")
viewer.dims.ndisplay = 2; image = viewer.add_image(np.zeros((3, 60, 80), np.uint8), scale=(1, 0.5, 0.5), units="um", contrast_limits=(0, 1))
def lit(**how): return int((viewer.screenshot(size=(300, 400), **how)[..., :3].max(axis=-1) > 60).sum())
print(lit(), viewer.scale_bar.visible, viewer.scale_bar.position, viewer.scale_bar.unit)
heard = []
viewer.scale_bar.events.visible.connect(lambda event: heard.append(event.value))
viewer.scale_bar.visible = True; viewer.scale_bar.position = "top_left"; viewer.scale_bar.unit = "nm"; viewer.scale_bar.font_size = 20
bar = viewer.screenshot(size=(300, 400))[..., :3].max(axis=-1) > 200
print(bar.sum() > 100, np.argwhere(bar).max(axis=0).tolist() < [75, 220], viewer.scale_bar.unit, viewer.scale_bar)
viewer.scale_bar.visible = False; viewer.text_overlay.text = "two\\nlines"; print(lit()); viewer.text_overlay.visible = True; print(lit() > 50, viewer.text_overlay.text)
viewer.text_overlay.visible = False; viewer.axes.visible = True; viewer.axes.labels = False; print(lit() > 50)
viewer.axes.visible = False; viewer.current_slice.visible = True; print(lit() > 20); viewer.current_slice.visible = False
viewer.color_bar.visible = True; print(lit() > 50); viewer.color_bar.visible = False; print(lit())
viewer.bounding_box.visible = True; print(lit() > 100); viewer.bounding_box.visible = False
points = viewer.add_points([[1, 15, 20]], size=0.01, text={"string": "here", "color": "white", "size": 30}); print(lit() > 50)
points.text.visible = False; print(lit() < 50, points.text["visible"]); points.text.visible = True; points.text.string = ["there"]; print(points.text, lit() > 50)
try: points.text.colour = "red"
except AttributeError as error: print(error)
points.visible = False; print(lit())
try: viewer.scale_bar.position = "somewhere"
except Exception as error: print("somewhere" in str(error) or "position" in str(error))
try: viewer.scale_bar.colour = "red"
except AttributeError as error: print(error)
viewer.text_overlay.visible = True; saved = viewer.save("over.eyepiece.json"); again = eyepiece.Viewer("again"); again.open("over.eyepiece.json")
print(again.text_overlay.text, again.text_overlay.visible)`;
  expect(await cell(code)).toBe(
    [
      "0 False bottom_right None",
      "True True nm <ScaleBar {'visible': True, 'position': 'top_left', 'unit': 'nm', 'font_size': 20}>",
      "0",
      "True two\nlines",
      "True",
      "True",
      "True",
      "0",
      "True",
      "True",
      "True False",
      "{'string': 'text', 'visible': True, 'color': [1, 1, 1, 1], 'size': 30, 'scaling': False, 'anchor': 'center', 'translation': [], 'rotation': 0} True",
      "text has no setting colour: string, visible, size, color, anchor, translation, rotation, scaling.",
      "0",
      "True",
      "ScaleBar has no property colour.",
      "two\nlines True",
      "",
    ].join("\n"),
  );
});
