/** What small parts say and draw: figures, sentences, outlines; which keys belong to whom. */
import { expect } from "chai";
import { describe as describeConnection } from "../app/connection-chip.ts";
import "../ui/webawesome.ts";
import { bytes } from "../ui/sizes.ts";
import { outline } from "./contrast.ts";
import { taken } from "./keys.ts";
import { holding, line, readingWords } from "./latency-hud.ts";
import { worldAt } from "./status-line.ts";
import type { StreamStats } from "./worker/api.ts";

const stages = { wait: 1, up: 1, queue: 0, render: 5, convert: 1, encode: 1, down: 1, decode: 1, present: 1 };
const stats = (changes: Partial<StreamStats>): StreamStats => ({
  ...{ fps: 60, p50: 14.2, p95: 20, megabits: 6.04, stages, shown: 100, reprojected: 4 },
  ...{ width: 1280, height: 720, exact: false, revision: 1, here: false, compositor: "webgpu" as const },
  ...changes,
});

it("the latency in one line", () => {
  expect(line(undefined)).to.equal("no picture yet");
  expect(line(stats({}))).to.equal("60 fps · 14 ms · 6.0 Mb/s");
  expect(line(stats({ fps: 0, p50: 0, megabits: 0 }))).to.equal("idle · 0.0 Mb/s");
});

it("what is held and read", () => {
  expect(holding(120.4 * 2 ** 20, 2 ** 31)).to.equal("120 of 2,048 MiB");
  expect(readingWords({ reading: 0, readMs: 12 })).to.equal("nothing");
  expect(readingWords({ reading: 1, readMs: 0 })).to.equal("1 piece");
  expect(readingWords({ reading: 12, readMs: 3.6 })).to.equal("12 pieces, 4 ms each");
});

it("the connection, honestly", () => {
  const now = 1_000_000;
  expect(describeConnection({ phase: "live" }, now).words).to.equal("live");
  expect(describeConnection({ phase: "waiting", retryAt: now + 2100 }, now).words).to.equal(
    "reconnecting in 3 s",
  );
  expect(describeConnection({ phase: "waiting", retryAt: now - 5 }, now).words).to.equal("reconnecting");
  expect(describeConnection({ phase: "waiting" }, now, false).words).to.equal("offline: kept here");
  expect(describeConnection({ phase: "stalled" }, now).colour).to.equal("warn");
});

it("sizes of files", () => {
  expect([0, 999, 1500, 4_194_304, 2.5e12].map(bytes)).to.deep.equal([
    "0 B",
    "999 B",
    "1.5 kB",
    "4.19 MB",
    "2.5 TB",
  ]);
});

it("a histogram's outline spans its own range within the sliders' range", () => {
  const path = outline({ counts: [1, 0], min: 10, max: 20 }, 0, 40);
  expect(path).to.equal("M25.00 100L25.00 0.0L37.50 0.0L37.50 100.0L50.00 100.0L50.00 100Z");
});

it("the world under a place of a 2D canvas", () => {
  const view = {
    camera: {
      ...{ center: [0, 10, 20], zoom: 2, angles: [0, 0, 0], perspective: 0 },
      orientation: ["towards", "down", "right"],
    },
    dims: { ...{ ndim: 3, ndisplay: 2, order: [1, 0, 2], point: [5, 6, 7] } },
  } as unknown as Parameters<typeof worldAt>[0];
  expect(worldAt(view, { width: 100, height: 60 }, { x: 60, y: 30 })).to.deep.equal([10, 6, 25]);
});

it("keys belong to whoever has the focus and uses them", () => {
  const press = (key: string, changes = {}) => ({
    ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...changes,
  });
  document.body.innerHTML = `<input id="text"><input id="range" type="range"><wa-dialog open><button id="in"></button></wa-dialog><wa-dialog><button id="shut"></button></wa-dialog>
    <button id="out"></button>`;
  const at = (id: string) => document.querySelector(`#${id}`) ?? undefined;
  expect(taken(at("text"), press("v"))).to.equal(true);
  expect(taken(at("text"), press("z", { ctrlKey: true }))).to.equal(true);
  expect(taken(at("text"), press("y", { ctrlKey: true }))).to.equal(false);
  expect(taken(at("range"), press("ArrowLeft"))).to.equal(true);
  expect(taken(at("range"), press("ArrowUp", { altKey: true }))).to.equal(false);
  expect(taken(at("in"), press("v"))).to.equal(true);
  expect(taken(at("shut"), press("v"))).to.equal(false);
  expect(taken(at("out"), press("v"))).to.equal(false);
  expect(taken(at("out"), press("Tab"))).to.equal(true);
  expect(taken(document.body, press("Tab"))).to.equal(false);
});
