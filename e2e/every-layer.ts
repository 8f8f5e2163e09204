/** A scene file with a layer of each type, small enough for a renderer on the CPU. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import { saveInto } from "@eyepiece/gpu-node/session/saving.ts";
import { SceneHost } from "@eyepiece/gpu-node/session/scene-host.ts";
import { sessionReader } from "@eyepiece/gpu-node/session/session-reader.ts";
import { writeNpy } from "@eyepiece/gpu-node/writers/npy.ts";

const SHAPE = [25, 40, 48] as const;

const POINTS = "index,axis-0,axis-1,axis-2\n0,12,8,8\n1,12,30,40\n2,4,20,24\n3,20,34,12\n";
const SHAPES = [
  "index,shape-type,vertex-index,axis-0,axis-1,axis-2",
  ...[
    [5, 24],
    [5, 44],
    [16, 44],
    [16, 24],
  ].map(([y, x], k) => `0,rectangle,${k},12,${y},${x}`),
  ...[
    [22, 4],
    [36, 8],
    [24, 18],
  ].map(([y, x], k) => `1,polygon,${k},12,${y},${x}`),
].join("\n");
const TRACKS = [
  "ID,T,Z,Y,X",
  ...[0, 1, 2, 3].flatMap((id) =>
    [0, 1, 2, 3, 4, 5].map((t) => `${id},${t},${4 + 4 * id},${6 + 5 * t},${8 + 9 * id + t}`),
  ),
].join("\n");
const TETRAHEDRON = "v 6 10 30\nv 18 10 30\nv 12 30 24\nv 12 18 44\nf 1 2 3\nf 1 4 2\nf 2 4 3\nf 3 4 1\n";

function vectors(): Uint8Array {
  const count = 12;
  const position = new Float64Array(3 * count);
  const direction = new Float64Array(3 * count);
  const edge_color = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    position.set([12, 4 + 3 * i, 4 + 3 * i], 3 * i);
    direction.set([i % 3, 6, -5], 3 * i);
    edge_color.set([0.2, 1, 0.4, 1], 4 * i);
  }
  const columns = new Map([
    ["position", { width: 3, data: position }],
    ["direction", { width: 3, data: direction }],
    ["edge_color", { width: 4, data: edge_color }],
  ]);
  return encodeTable({ count, columns, features: new Map() });
}

/** Makes it in a folder that a node may open. @returns the scene file's path */
export async function everyLayer(folder: string): Promise<string> {
  const size = SHAPE[0] * SHAPE[1] * SHAPE[2];
  const image = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 120);
  const ids = Uint8Array.from({ length: size }, (_, i) =>
    i % 48 < 10 && Math.floor(i / 48) % 40 > 28 ? 3 : 0,
  );
  const npy = (name: string, data: Uint8Array): Promise<void> =>
    writeNpy(join(folder, name), memorySource(name, [{ data, shape: [...SHAPE] }]), { replace: true });
  await npy("image.npy", image);
  await npy("ids.npy", ids);
  const files = {
    "points.csv": POINTS,
    "shapes.csv": SHAPES,
    "tracks.csv": TRACKS,
    "solid.obj": TETRAHEDRON,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "vectors.table"), vectors());

  const settings = {
    roots: [folder],
    allowedHosts: [],
    environments: "",
    memoryBytes: 0,
    gpuBytes: 0,
    notice: "",
  };
  const host = new SceneHost(join(folder, "session"), "every layer", sessionReader(settings), {
    ...{ changed: () => {}, sourceAdded: () => {}, tableChanged: () => {}, bricksChanged: () => {} },
    ...{ sourceRemoved: () => {}, released: () => {}, progress: () => {} },
    notice: (_, text) => {
      throw new Error(text);
    },
  });
  host.restore();
  await host.open(join(folder, "image.npy"));
  await host.open(join(folder, "ids.npy"), {}, { type: "labels" });
  for (const name of Object.keys(files)) await host.open(join(folder, name));
  await host.open(join(folder, "vectors.table"), {}, { type: "vectors" });
  const canvas = { width: 1200, height: 700 };
  const look = { view: defaultView(host.scene, canvas), canvas };
  const [scene = ""] = await saveInto(folder, host, { name: "every.eyepiece.json" }, look, { final: folder });
  return scene;
}
