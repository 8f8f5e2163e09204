/** Tracks drawn without triangles are what they are with them. */
import type { TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import { type TableLayerOptions, tableLayer } from "../../../model/table-layers.ts";
import { defaultView } from "../../../model/view.ts";
import { badShare, noise, worst } from "../../../testing/scenes.ts";
import { drawTable, tableOf } from "../../../testing/tables.ts";

const size = { width: 200, height: 150 };
const background = [0.2, 0.4, 0.6] as const;

const LENGTH = 20;
const TRACKS = 60;

/** Sixty tracks of twenty points that wander over each other. */
function wandering() {
  const random = noise(21);
  const count = TRACKS * LENGTH;
  const position = new Float64Array(count * 3);
  for (let track = 0; track < TRACKS; track++) {
    let [y, x] = [random() * 100, random() * 140];
    for (let t = 0; t < LENGTH; t++) {
      y += 8 * (random() - 0.5);
      x += 8 * (random() - 0.5);
      // Some stay where they are: lines without length.
      position.set([t, y, t % 7 === 3 ? Math.round(x) : x], (track * LENGTH + t) * 3);
    }
  }
  return tableOf(
    {
      id: { width: 1, data: Uint32Array.from({ length: count }, (_, row) => Math.floor(row / LENGTH)) },
      position: { width: 3, data: position },
      color: {
        width: 4,
        data: Float32Array.from({ length: count * 4 }, (_, i) =>
          i % 4 === 3 ? 0.4 + 0.6 * random() : random(),
        ),
      },
    },
    count,
  );
}

const CASES: readonly (readonly [string, Partial<TracksLayer>])[] = [
  ["added", {}],
  ["over each other", { blending: "translucent" }],
  ["wide, half seen through", { blending: "translucent_no_depth", tail_width: 7, opacity: 0.5 }],
  ["with a head", { tail_length: 4, head_length: 6 }],
  ["without those that ended", { tail_length: 5, hide_completed_tracks: true }],
  [
    "with a graph",
    {
      tail_length: 6,
      graph: Array.from({ length: 40 }, (_, i): [number, number[]] => [i + 10, [i]]),
      blending: "translucent",
    },
  ],
];

test.each(CASES)("%s", async (_, change) => {
  const source = wandering();
  const layer = (id: string, options: Partial<TracksLayer>) =>
    tableLayer(id, source, { type: "tracks", ...options } as TableLayerOptions);
  // The lowest layer meets the background by a rule of its own.
  const below = layer("below", { blending: "translucent", tail_width: 3, display_graph: false });
  const scene = { revision: 0, title: "", layers: [below, layer("layer", change)] };
  const view = defaultView(scene, size);
  const at = (now: number, zoom = 1) => ({
    scene,
    view: {
      ...view,
      dims: { ...view.dims, point: [now, 0, 0] },
      camera: { ...view.camera, zoom: view.camera.zoom * zoom },
    },
  });
  for (const asked of [at(9), at(12.5, 3)]) {
    const alone = { ...asked, scene: { ...scene, layers: [below] } };
    const drawn = await drawTable(source, asked, size, { background });
    const draft = await drawTable(source, asked, size, { background, software: true, draft: true });
    expect(badShare(drawn, await drawTable(source, alone, size, { background }), 8)).toBeGreaterThan(0.02);
    // Both round each line that lies over another; a pixel whose centre is on a rim may fall to either side.
    expect(badShare(drawn, draft, 4)).toBeLessThan(0.003);
    expect(worst(drawn, draft)).toBeGreaterThan(0);
  }
});
