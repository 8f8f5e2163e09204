import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TrainerWorld } from "../testing/world.ts";
import { fileRoutes } from "./routes.ts";
import { FileStore } from "./store.ts";

const LINE = `${JSON.stringify({
  messages: [
    { role: "user", content: "a" },
    { role: "assistant", content: "b" },
  ],
})}\n`;
const world = new TrainerWorld();
const folder = mkdtempSync(join(tmpdir(), "eyepiece-files-"));
const store = new FileStore(folder);
let bob: string;

beforeAll(async () => {
  const limits = { fileBytes: 200_000_000, bytes: 400_000_000, files: 8 };
  await world.start({ v1: [fileRoutes(store, limits)], monitor: [] });
  bob = await world.newcomer("bob");
});
afterAll(async () => {
  await world.end();
  store.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { error?: { message: string; param: string | null } };
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await world.ask(world.relay.url, path, init);
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
}

function send(
  text: string | Blob,
  name = "train.jsonl",
  extra: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  form.set("purpose", "fine-tune");
  for (const [key, value] of Object.entries(extra)) form.set(key, value);
  form.set("file", new Blob([text]), name);
  return ask("/v1/files", { method: "POST", body: form });
}

const parts = () => readdirSync(folder).filter((name) => name.includes(".jsonl"));

describe("a file", () => {
  test("is taken, listed, read and deleted", async () => {
    const { status, body } = await send(LINE.repeat(3));
    expect([status, body]).toEqual([
      200,
      {
        ...{ id: expect.stringMatching(/^file-[0-9a-f-]{36}$/), object: "file", bytes: LINE.length * 3 },
        ...{ created_at: expect.any(Number), filename: "train.jsonl", purpose: "fine-tune" },
        ...{ format: "sft", lines: 3, status: "processed" },
      },
    ]);
    const path = `/v1/files/${body.id}`;
    expect((await ask(path)).body).toEqual(body);
    expect(await (await world.ask(world.loopback, `${path}/content`)).text()).toBe(LINE.repeat(3));
    const second = (await send(LINE)).body;
    const page = await ask("/v1/files?limit=1");
    expect(page.body).toMatchObject({ object: "list", data: [second], has_more: true, last_id: second.id });
    expect((await ask(`/v1/files?limit=1&after=${second.id}`)).body).toMatchObject({
      data: [body],
      has_more: false,
    });
    expect((await ask("/v1/files?order=asc&purpose=fine-tune")).body.data).toEqual([body, second]);
    for (const query of ["limit=0", "limit=x", "order=up", "after=file-none"])
      expect((await ask(`/v1/files?${query}`)).status, query).toBe(400);
    for (const { id } of [body, second])
      expect((await ask(`/v1/files/${id}`, { method: "DELETE" })).body).toEqual({
        id,
        object: "file",
        deleted: true,
      });
    expect([(await ask(path)).status, parts()]).toEqual([404, []]);
  });

  test("of another person is not there", async () => {
    const { body } = await send(LINE);
    const headers = { authorization: `Bearer ${bob}` };
    const missing = (id: unknown) => `No such file: ${id}.`;
    for (const init of [{}, { method: "DELETE" }])
      for (const id of [body.id, "file-none", "../files.sqlite", "%2e%2e%2ffiles.sqlite"]) {
        const answer = await ask(`/v1/files/${id}`, { ...init, headers });
        expect(answer.status).toBe(404);
        if (!String(id).includes("sqlite")) expect(answer.body.error?.message).toBe(missing(id));
      }
    expect((await ask(`/v1/files/${body.id}/content`, { headers })).status).toBe(404);
    expect((await ask("/v1/files", { headers })).body.data).toEqual([]);
    await ask(`/v1/files/${body.id}`, { method: "DELETE" });
  });
});

describe("what is refused leaves nothing on disk", () => {
  test("a bomb of gzip, as the file or around the request", async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(bomb.byteLength).toBeLessThan(300_000);
    const answer = await send(new Blob([bomb]), "train.jsonl.gz");
    expect([answer.status, answer.body.error?.message]).toEqual([
      400,
      expect.stringContaining("Line 1 is gzip, not text"),
    ]);
    const headers = { "content-type": "multipart/form-data; boundary=x", "content-encoding": "gzip" };
    const around = await ask("/v1/files", { method: "POST", body: bomb, headers });
    expect([around.status, around.body.error?.message]).toEqual([
      400,
      expect.stringContaining("content-encoding gzip is not unpacked here"),
    ]);
    expect(parts()).toEqual([]);
  });

  test.each([
    ["a bad line", `${LINE.repeat(2)}{\n${LINE.repeat(100_000)}`, 400, "Line 3 is not JSON"],
    ["a line of 100 MB", `${LINE}"${"x".repeat(100_000_000)}"`, 400, "Line 2 is longer than 16 MiB"],
    [
      "too large a file",
      LINE.repeat(Math.ceil(200_000_001 / LINE.length)),
      413,
      "larger than the 200000000 bytes",
    ],
    ["nothing", "", 400, "The file is empty"],
  ])(
    "%s",
    async (_name, text, status, message) => {
      const answer = await send(text);
      expect([answer.status, answer.body.error?.message]).toEqual([status, expect.stringContaining(message)]);
      expect(parts()).toEqual([]);
    },
    60_000,
  );

  test("requests that are no upload", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const bodies = [
      { body: "{}" },
      { body: "", headers: { "content-type": "multipart/form-data" } },
      { body: "--x\r\ncontent-disposition: form-data; name=file; filename=a\r\n\r\n{", headers },
      { body: `--x\r\n${"a: b\r\n".repeat(10_000)}\r\n--x--`, headers },
      {
        body: `${Array.from(
          { length: 50 },
          (_, i) => `--x\r\ncontent-disposition: form-data; name=${i}\r\n\r\n1\r\n`,
        ).join("")}--x--\r\n`,
        headers,
      },
    ];
    for (const init of bodies) {
      const answer = await ask("/v1/files", { method: "POST", ...init });
      expect([answer.status, typeof answer.body.error?.message], init.body.slice(0, 60)).toEqual([
        400,
        "string",
      ]);
    }
    expect((await send(LINE, "a", { surprise: "1" })).body.error).toMatchObject({ param: "surprise" });
    expect((await send(LINE, "a", { purpose: "../x" })).body.error).toMatchObject({ param: "purpose" });
    expect(parts()).toEqual([]);
  });

  test("an upload whose sender goes away", async () => {
    const stop = new AbortController();
    const body = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(
          Buffer.from(`--x\r\ncontent-disposition: form-data; name=file; filename=a\r\n\r\n${LINE}`),
        );
        return new Promise(() => {});
      },
    });
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const init = { method: "POST", body, headers, signal: stop.signal, duplex: "half" } as RequestInit;
    const sent = ask("/v1/files", init).catch(() => undefined);
    await expect.poll(parts).toEqual([expect.stringMatching(/part$/)]);
    stop.abort();
    await sent;
    await expect.poll(parts).toEqual([]);
  });
});

test("hostile names are only shown, cleaned", async () => {
  for (const [name, shown] of [
    ["../../etc/passwd", "passwd"],
    ["a\u0000b\u202Ecba.jsonl", "abcba.jsonl"],
    ["x".repeat(500), "x".repeat(255)],
    ["日本語.jsonl", "日本語.jsonl"],
    ["..", "file.jsonl"],
  ] as const) {
    const { status, body } = await send(LINE, name);
    expect([status, body.filename]).toEqual([200, shown]);
    expect(parts()).toEqual([`${body.id}.jsonl`]);
    const content = await world.ask(world.relay.url, `/v1/files/${body.id}/content`);
    expect([content.status, await content.text()]).toEqual([200, LINE]);
    await ask(`/v1/files/${body.id}`, { method: "DELETE" });
  }
});

test("a person keeps so many files and no more", async () => {
  const made = [];
  for (let i = 0; i < 8; i++) made.push((await send(LINE)).body.id);
  expect((await send(LINE)).body.error?.message).toContain("You keep 8 files");
  for (const id of made) await ask(`/v1/files/${id}`, { method: "DELETE" });
});

test("a node that is killed in an upload leaves no file, and what was whole stays", async () => {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-files-"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "../testing/files-process.ts"), home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kept = await new Promise<string>((resolve) => {
    createInterface(child.stdout).once("line", resolve);
  });
  expect(readdirSync(home).filter((name) => name.endsWith(".part"))).toHaveLength(1);
  const over = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await over;
  // Renamed, and killed before its row was written.
  writeFileSync(join(home, "file-orphan.jsonl"), LINE);
  const after = new FileStore(home);
  expect(after.list("ada", { limit: 10, order: "asc" }).map(({ id }) => id)).toEqual([kept]);
  expect(readdirSync(home).filter((name) => name.includes(".jsonl"))).toEqual([`${kept}.jsonl`]);
  expect(existsSync(join(home, `${kept}.jsonl`))).toBe(true);
  after.close();
  rmSync(home, { recursive: true });
});
