/** What a page that draws by itself is told, and what it may ask for. */
import { decodeBrick } from "@eyepiece/engine/data/brick-wire.ts";
import type { Brick, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { inflate } from "@eyepiece/engine/data/inflate.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { decodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { ArrayFacts } from "@eyepiece/protocol/viewer/array-facts.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import fc from "fast-check";
import * as v from "valibot";
import { expect, test, vi } from "vitest";
import { BrickService, MOST_ASKS } from "./brick-service.ts";

type Event = eyepiece.viewer.BrickEvent;

function served(sources: ChunkSource[], tables: TableSource[] = [], cached?: Brick) {
  const events: Event[] = [];
  let sent = 0;
  const service = new BrickService(
    {
      source: (id) => sources.find((one) => one.id === id),
      table: (id) => tables.find((one) => one.id === id),
      cached: () => cached,
    },
    (bytes) => {
      sent += bytes.byteLength;
      events.push(decodeMessage(viewer.BrickEvent, bytes));
    },
  );
  const ask = (request: eyepiece.viewer.BrickRequest.$Properties): void =>
    service.request(encodeMessage(viewer.BrickRequest, request));
  const bricks = (): number[] => events.flatMap((event) => (event.brick ? [event.brick.id ?? 0] : []));
  return { service, events, ask, bricks, acknowledgeAll: () => service.acknowledge(sent) };
}

/** One row of bricks of `bytes` each, whose reads wait for the test. */
function held(bytes: number, count: number) {
  const reads = new Map<number, { resolve: () => void; signal: AbortSignal | undefined }>();
  const source: ChunkSource = {
    id: "held",
    version: 0,
    dtype: "uint8",
    ndim: 1,
    channels: 0,
    levels: [{ shape: [bytes * count], chunk: [bytes], scale: [1], translate: [0] }],
    readBrick: (_, [i = 0], options) =>
      new Promise((resolve) => {
        const data = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
        const whole = new Uint8Array(bytes).map((_, at) => data[at % data.length] ?? 0);
        const done = (): void => resolve({ shape: [bytes], data: whole, min: 0, max: 255 });
        reads.set(i, { resolve: done, signal: options?.signal });
      }),
    dispose: async () => {},
  };
  return { source, reads };
}

test("a page gets the facts of an array, and its bricks as they are", async () => {
  const source = memorySource("a", [{ data: Uint16Array.of(1, 2, 3, 4, 5, 60_000), shape: [2, 3] }], {
    chunk: [2, 2],
  });
  const { events, ask } = served([source]);
  expect(events.map((event) => event.what)).toEqual(["ready"]);
  ask({ data: { source: "a" } });
  const facts = v.parse(ArrayFacts, JSON.parse(events[1]?.data?.arrayJson ?? ""));
  expect(facts.levels[0]?.chunk).toEqual([2, 2]);
  ask({ brick: { id: 7, source: "a", level: 0, index: [0, 1] } });
  await vi.waitFor(() => expect(events[2]?.brick?.id).toBe(7));
  const { brick } = await decodeBrick(events[2]?.brick?.brick ?? new Uint8Array(), 1000, inflate);
  expect([brick.shape, [...brick.data]]).toEqual([
    [2, 1],
    [3, 60_000],
  ]);
});

test("what is not there is answered with words; data that are opened later are told then", async () => {
  const sources: ChunkSource[] = [];
  const { service, events, ask } = served(sources);
  ask({ brick: { id: 1, source: "a", level: 0, index: [0] } });
  ask({ data: { source: "a" } });
  await vi.waitFor(() => expect(events[1]?.failed?.message).toMatch(/not open/));
  sources.push(memorySource("a", [{ data: Uint8Array.of(1, 2), shape: [2] }]));
  service.opened("a");
  expect(events[2]?.data?.source).toBe("a");
  for (const [id, index] of [[1], [0, 0], []].entries())
    ask({ brick: { id: id + 2, source: "a", level: 0, index } });
  ask({ brick: { id: 5, source: "a", level: 3, index: [0] } });
  await vi.waitFor(() => expect(events.filter((event) => event.failed)).toHaveLength(5));
});

test("a page that takes nothing makes nobody read on, and what it takes back is not read", async () => {
  const { source, reads } = held(5 * 1024 * 1024, 12);
  const { ask, bricks, acknowledgeAll } = served([source]);
  for (let id = 0; id < 10; id++) ask({ brick: { id, source: "held", level: 0, index: [id] } });
  expect([...reads.keys()]).toEqual([0, 1, 2, 3]);
  ask({ cancel: { id: 1 } });
  ask({ cancel: { id: 5 } });
  expect(reads.get(1)?.signal?.aborted).toBe(true);
  for (const { resolve } of reads.values()) resolve();
  await vi.waitFor(() => expect(bricks().length).toBe(3));
  // More than may be under way was sent: only the reads that began before go on.
  const begun = reads.size;
  for (const { resolve } of reads.values()) resolve();
  await vi.waitFor(() => expect(bricks().length).toBe(begun - 1));
  expect(reads.size).toBe(begun);
  acknowledgeAll();
  await vi.waitFor(() => expect(reads.size).toBeGreaterThan(begun));
  expect(reads.has(5)).toBe(false);
});

test("asks are bounded", () => {
  const { source } = held(8, 400);
  const { events, ask } = served([source]);
  for (let id = 0; id < MOST_ASKS + 10; id++) ask({ brick: { id, source: "held", level: 0, index: [id] } });
  expect(events.filter((event) => event.failed?.code === "too_many").length).toBe(6);
});

test("edits are told to a page that knows the data, and in their place among its questions", async () => {
  const source = memorySource("a", [{ data: Uint8Array.of(1, 2), shape: [2] }]);
  const table: TableSource = {
    id: "t",
    version: 3,
    table: { count: 0, columns: new Map(), features: new Map() },
  };
  const { service, events, ask } = served([source], [table]);
  const edited = { level: 0, index: [0], brick: await source.readBrick(0, [0]) };
  service.bricksChanged("a", [edited]);
  expect(events).toHaveLength(1);
  ask({ data: { source: "a" } });
  ask({ data: { source: "t" } });
  expect(decodeTable(events[2]?.data?.table ?? new Uint8Array()).count).toBe(0);
  service.bricksChanged("a", [edited]);
  service.tableChanged("t");
  ask({ sync: { id: 9 } });
  expect(events.slice(3).map((event) => event.what)).toEqual(["changed", "stale", "sync"]);
});

test("any bytes are taken without harm", () => {
  const { service } = served([memorySource("a", [{ data: Uint8Array.of(1), shape: [1] }])]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => service.request(bytes)));
});
