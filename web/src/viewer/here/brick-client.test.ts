/** The page's end and the session's, with the real link between them, which breaks. */
import type { BrickArray, ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { BrickService } from "@eyepiece/gpu-node/session/brick-service.ts";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { Link } from "@eyepiece/protocol/wire/link.ts";
import { expect, test, vi } from "vitest";
import { BrickClient, type BrickEvents, type DataFound } from "./brick-client.ts";
import { remoteData } from "./remote-data.ts";

const hello = () => ({ protocolMin: 1, protocolMax: 1, role: "test" });

/** A session's data behind two links. `cut` and `connect` are the network's, `restart` is the session's. */
function served(sources: ChunkSource[]) {
  let channel: Channel | undefined;
  let service: BrickService | undefined;
  let generation = 0;
  const data = {
    source: (id: string) => sources.find((one) => one.id === id),
    table: () => undefined,
    cached: () => undefined,
  };
  const restart = (): void => {
    service?.dispose();
    service = new BrickService(data, (bytes) => channel?.state !== "closed" && channel?.send(bytes));
  };
  const page = new Link({ hello });
  const node = new Link({
    hello,
    onOpen: (incoming) => {
      channel = incoming.accept();
      channel.onMessage = (bytes) => service?.request(bytes);
      restart();
    },
  });
  const to = (link: () => Link, born: number) => (message: Uint8Array) => {
    const copy = message.slice();
    setImmediate(() => born === generation && link().receive(copy));
  };
  const cut = (): void => {
    generation += 1;
    page.detach();
    node.detach();
  };
  const connect = (): void => {
    generation += 1;
    const born = generation;
    page.attach({ send: to(() => node, born), bufferedAmount: 0, close: cut });
    node.attach({ send: to(() => page, born), bufferedAmount: 0, close: cut });
  };
  const found: DataFound[] = [];
  const changed: string[] = [];
  const events: BrickEvents = {
    onData: (data) => found.push(data),
    onChanged: (source, places) =>
      changed.push(`${source} ${places.map(({ index }) => index.join()).join(" ")}`),
    onRefused: () => {},
  };
  const client = new BrickClient(page, new Uint8Array(), events);
  return { client, found, changed, cut, connect, restart, service: () => service };
}

const values = Uint16Array.from({ length: 4000 }, (_, i) => i * 7);
const numbers = (data: BrickArray): number[] => Array.from(data, Number);

test("what was asked is answered whatever breaks: the network, the session, before and after the asking", async () => {
  const source = memorySource("a", [{ data: values, shape: [40, 100] }], { chunk: [10, 100] });
  const slow: ChunkSource = {
    ...source,
    readBrick: async (level, index, options) => {
      await new Promise((resolve) => setImmediate(resolve));
      return source.readBrick(level, index, options);
    },
  };
  const { client, found, cut, connect, restart } = served([slow]);
  client.want(new Set(["a"]));
  const first = client.brick("a", 0, [0, 0]);
  connect();
  expect(numbers((await first).data)).toEqual(numbers(values.subarray(0, 1000)));
  const second = client.brick("a", 0, [1, 0]);
  cut();
  const third = client.brick("a", 0, [2, 0]);
  connect();
  const fourth = client.brick("a", 0, [3, 0]);
  restart();
  expect(numbers((await second).data)[0]).toBe(7000);
  expect(numbers((await third).data)[0]).toBe(14_000);
  expect(numbers((await fourth).data)[0]).toBe(21_000);
  // The session that came back was asked for the facts again.
  await vi.waitFor(() => expect(found.map((one) => one.source)).toEqual(["a", "a"]));
  client.dispose();
});

test("a source made of the facts reads what the session reads, and takes back what is not wanted", async () => {
  const source = memorySource("a", [{ data: values, shape: [40, 100] }], { chunk: [10, 30] });
  const { client, found, connect } = served([source]);
  client.want(new Set(["a"]));
  connect();
  await vi.waitFor(() => expect(found).toHaveLength(1));
  const [facts] = found;
  const data = facts && remoteData(client, facts);
  if (!data || !("array" in data)) throw new Error("no array");
  expect(data.array.levels).toEqual(source.levels);
  const there = await source.readBrick(0, [3, 3]);
  const here = await data.array.readBrick(0, [3, 3]);
  expect([here.shape, here.data, here.min, here.max]).toEqual([
    there.shape,
    there.data,
    there.min,
    there.max,
  ]);
  const abort = new AbortController();
  const gone = data.array.readBrick(0, [0, 0], { signal: abort.signal });
  abort.abort(new Error("left"));
  await expect(gone).rejects.toThrow("left");
  await expect(data.array.readBrick(0, [9, 9])).rejects.toThrow("There is no such brick.");
  client.dispose();
});

test("pieces too large to be sent are an obstacle that is told, not a failed read", () => {
  const arrayJson = JSON.stringify({
    dtype: "float64",
    ndim: 2,
    channels: 0,
    levels: [{ shape: [8192, 8192], chunk: [8192, 8192], scale: [1, 1], translate: [0, 0] }],
  });
  const found: DataFound = {
    ...{ source: "a", version: 0, arrayJson, table: new Uint8Array(), failure: "" },
    $unknowns: [],
  };
  const data = remoteData({ brick: () => Promise.reject(new Error("never asked")) }, found);
  expect(data).toEqual({ obstacle: "The data come in pieces that are too large to be sent." });
});

test("what was told before a question is heard before its answer", async () => {
  const source = memorySource("a", [{ data: values, shape: [40, 100] }], { chunk: [10, 100] });
  const { client, found, changed, connect, service } = served([source]);
  client.want(new Set(["a"]));
  connect();
  await vi.waitFor(() => expect(found).toHaveLength(1));
  const brick = await source.readBrick(0, [0, 0]);
  service()?.bricksChanged("a", [{ level: 0, index: [0, 0], brick }]);
  await client.sync();
  expect(changed).toEqual(["a 0,0"]);
  client.dispose();
});
