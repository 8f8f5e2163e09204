import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSource } from "../open.ts";

let folder: string;
let server: Server;
/** What the kernel answers to a chunk's index. */
let answer: (index: number[], socket: Socket) => Buffer | undefined;
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-served-"));
  asked = [];
  answer = (index) => Buffer.from([0, ...new Array(8).fill(index[0] ?? 0)]);
  server = await listen("s-1.sock");
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(name: string): Promise<Server> {
  const made = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (line: Buffer) => {
      const { index } = JSON.parse(line.toString()) as { index: number[] };
      asked.push(index.join());
      const bytes = answer(index, socket);
      if (bytes) socket.end(bytes);
    });
  });
  await new Promise<void>((done) => made.listen(join(folder, name), done));
  return made;
}

async function opened(about: object = {}): Promise<ChunkSource> {
  const path = join(folder, "s-1.chunks");
  const whole = { shape: [4, 2, 4], chunk: [1, 2, 4], dtype: "uint8", rgb: false, ...about };
  writeFileSync(path, JSON.stringify(whole));
  const [data] = await openSource(path, { policy: { resolvePath: async (one) => one, privateHosts: [] } });
  if (!data) throw new Error("nothing was opened");
  return data.source;
}

test("asks the kernel for nothing before a brick is read, and for each chunk once", async () => {
  const source = await opened();
  expect(asked).toEqual([]);
  const brick = await source.readBrick(0, [0, 0, 0]);
  expect([...brick.data.slice(0, 9)].map(Number)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(brick.max).toBe(3);
  await source.readBrick(0, [0, 0, 0]);
  expect(asked.sort()).toEqual(["0,0,0", "1,0,0", "2,0,0", "3,0,0"]);
  await source.dispose();
});

test("takes the last axis for colours where the kernel says so", async () => {
  answer = () => Buffer.from([0, ...new Array(12).fill(7)]);
  const source = await opened({ shape: [2, 2, 3], chunk: [2, 2, 3], rgb: true });
  expect([source.channels, source.ndim, source.levels[0]?.shape]).toEqual([3, 2, [2, 2]]);
  const brick = await source.readBrick(0, [0, 0]);
  expect([brick.shape, brick.data.length]).toEqual([[2, 2], 12]);
});

test("says what the kernel's code raised, and what is wrong with an answer", async () => {
  answer = () => Buffer.from("\u0001A chunk of this array could not be computed: ValueError: no signal");
  await expect((await opened()).readBrick(0, [0, 0, 0])).rejects.toThrow("ValueError: no signal");
  for (const bytes of [Buffer.alloc(3), Buffer.alloc(1 << 20), Buffer.from([9, 1, 2])]) {
    answer = () => bytes;
    await expect((await opened()).readBrick(0, [0, 0, 0])).rejects.toThrow("something else");
  }
});

test("says that the kernel is gone, also when it goes while it computes", async () => {
  const source = await opened();
  answer = (_index, socket) => void socket.destroy();
  await expect(source.readBrick(0, [0, 0, 0])).rejects.toThrow("has ended, was restarted");
  server.close();
  await expect(source.readBrick(0, [0, 0, 0])).rejects.toThrow("what was loaded is still shown");
});

test("asks for nothing more once nobody wants it", async () => {
  const source = await opened();
  const stop = new AbortController();
  answer = () => {
    stop.abort(new Error("scrolled on"));
    return undefined;
  };
  await expect(source.readBrick(0, [0, 0, 0], { signal: stop.signal })).rejects.toThrow("scrolled on");
  // Two were on their way; the two that waited for them are not asked for.
  expect(asked.length).toBeLessThanOrEqual(2);
  answer = (index) => Buffer.from([0, ...new Array(8).fill(index[0] ?? 0)]);
  expect((await source.readBrick(0, [0, 0, 0])).max).toBe(3);
});

test("follows no link to another socket, and reads no description through one", async () => {
  const source = await opened();
  const other = await listen("other.sock");
  renameSync(join(folder, "s-1.sock"), join(folder, "moved.sock"));
  symlinkSync("other.sock", join(folder, "s-1.sock"));
  await expect(source.readBrick(0, [0, 0, 0])).rejects.toThrow("something else");
  expect(asked).toEqual([]);
  other.close();
  renameSync(join(folder, "s-1.chunks"), join(folder, "about.json"));
  symlinkSync("about.json", join(folder, "s-1.chunks"));
  const open = openSource(join(folder, "s-1.chunks"), {
    policy: { resolvePath: async (one) => one, privateHosts: [] },
  });
  await expect(open).rejects.toThrow("cannot be read");
});

test("refuses descriptions that cannot be", async () => {
  for (const about of [
    { shape: [4, 2], chunk: [1, 2, 4] },
    { shape: [0, 2, 4] },
    { dtype: "object" },
    { shape: [2 ** 40, 2 ** 40, 2 ** 40], chunk: [2 ** 40, 2 ** 40, 1] },
  ])
    await expect(opened(about)).rejects.toThrow(/s-1\.chunks/);
});
