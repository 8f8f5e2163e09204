import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readPiece } from "./folder.ts";
import { ProjectFiles } from "./project-files.ts";
import { RelayCalls } from "./relay-calls.ts";
import { TestNode } from "./testing/kernels.ts";

let remote: Map<string, { text: string; modified_ms: number }>;
let asked: string[];
let server: Server;
let folder: string;
let work: string;
let files: ProjectFiles;
let url: string;

beforeEach(async () => {
  remote = new Map();
  asked = [];
  server = createServer((request, response) => {
    const [, path] = /^\/api\/nodes\/notebooks\/n1\/files\/?(.*)$/.exec(request.url ?? "") ?? [];
    if (path === "") {
      const list = [...remote].map(([name, { text, modified_ms }]) => {
        return { path: name, size: text.length, modified_ms };
      });
      response.end(JSON.stringify({ files: list }));
      return;
    }
    const name = decodeURIComponent(path ?? "");
    asked.push(name);
    response.statusCode = remote.has(name) ? 200 : 404;
    response.end(remote.get(name)?.text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  folder = mkdtempSync(join(tmpdir(), "eyepiece-files-"));
  work = join(folder, "work");
  url = `http://127.0.0.1:${port}`;
  files = new ProjectFiles(new RelayCalls({ url, token: "t" }), "n1", folder);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const read = (path: string) => readFileSync(join(work, path), "utf8");

it("brings what is new or changed, and takes away what is gone", async () => {
  remote.set("a.txt", { text: "1", modified_ms: 1 }).set("data/b ü.txt", { text: "2", modified_ms: 1 });
  expect(await files.bring()).toEqual([]);
  expect([read("a.txt"), read("data/b ü.txt")]).toEqual(["1", "2"]);
  await files.bring();
  expect(asked).toHaveLength(2);
  remote.set("a.txt", { text: "3", modified_ms: 2 }).delete("data/b ü.txt");
  await files.bring();
  expect([read("a.txt"), existsSync(join(work, "data/b ü.txt"))]).toEqual(["3", false]);
  expect(files.list()).toMatchObject([{ path: "a.txt", size: 1, brought: true }]);
});

it("leaves alone what code wrote", async () => {
  mkdirSync(work);
  writeFileSync(join(work, "mine.txt"), "mine");
  remote.set("mine.txt", { text: "theirs", modified_ms: 1 }).set("both.txt", { text: "old", modified_ms: 1 });
  await files.bring();
  writeFileSync(join(work, "both.txt"), "changed by code");
  remote.set("both.txt", { text: "new", modified_ms: 2 });
  await files.bring();
  expect([read("mine.txt"), read("both.txt")]).toEqual(["mine", "changed by code"]);
  remote.clear();
  await files.bring();
  expect([read("mine.txt"), read("both.txt")]).toEqual(["mine", "changed by code"]);
  expect(files.list().map(({ brought }) => brought)).toEqual([false, false]);
});

it("leads nowhere outside of the folder, whatever links code makes and names the relay tells", async () => {
  const outside = mkdtempSync(join(tmpdir(), "eyepiece-outside-"));
  writeFileSync(join(outside, "secret"), "secret");
  mkdirSync(work);
  symlinkSync(outside, join(work, "out"));
  symlinkSync(join(outside, "secret"), join(work, "link.txt"));
  for (const path of ["out/x.txt", "link.txt", "../up.txt", "/abs.txt", "a//b"])
    remote.set(path, { text: "x", modified_ms: 1 });
  remote.set("good.txt", { text: "good", modified_ms: 1 });
  const failures = await files.bring();
  expect(failures).toHaveLength(4);
  expect(read("good.txt")).toBe("good");
  expect(readdirSync(outside)).toEqual(["secret"]);
  expect(readFileSync(join(outside, "secret"), "utf8")).toBe("secret");
  expect(existsSync(join(folder, "up.txt"))).toBe(false);
  expect(files.list().map(({ path }) => path)).toEqual(["good.txt"]);
  expect(() => readPiece(work, "out/secret", 0, 10)).toThrow();
  expect(() => readPiece(work, "link.txt", 0, 10)).toThrow();
  expect(() => readPiece(work, "../brought.json", 0, 10)).toThrow(/no name/);
  expect(new TextDecoder().decode(readPiece(work, "good.txt", 1, 2).piece)).toBe("oo");
  rmSync(outside, { recursive: true });
});

it("keeps the file of before when a new one does not come whole", async () => {
  remote.set("a.txt", { text: "old", modified_ms: 1 });
  await files.bring();
  remote.set("a.txt", { text: "newer", modified_ms: 2 });
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (request.url?.endsWith("/files")) {
      response.end(JSON.stringify({ files: [{ path: "a.txt", size: 5, modified_ms: 2 }] }));
      return;
    }
    response.writeHead(200, { "content-length": "5" });
    response.write("ne", () => request.socket.destroy());
  });
  expect(await files.bring()).toHaveLength(1);
  expect(read("a.txt")).toBe("old");
  expect(readdirSync(work)).toEqual(["a.txt"]);
});

it("is there for a kernel's code, and pages list and fetch what is there", async () => {
  const node = new TestNode({ relay: { url, token: "t" } });
  try {
    remote.set("data/a.txt", { text: "from the project", modified_ms: 1 });
    const page = node.page({ notebook: "n1" });
    await page.run(
      "print(open('data/a.txt').read()); _ = open('made.txt', 'w').write('by code')",
      "r1",
      240_000,
    );
    expect(page.text("r1")).toBe("from the project\n");
    remote.set("later.txt", { text: "later", modified_ms: 2 });
    const { content } = await page.ask({ type: "files" });
    expect(content?.files).toMatchObject([
      { path: "data/a.txt", size: 16, brought: true },
      { path: "later.txt", size: 5, brought: true },
      { path: "made.txt", size: 7, brought: false },
    ]);
    await page.run("print(open('later.txt').read())", "r2");
    expect(page.text("r2")).toBe("later\n");
    const { content: told, buffers } = await page.ask({ type: "file", path: "made.txt", from: 0 });
    expect([told, new TextDecoder().decode(buffers[0])]).toEqual([{ bytes: 7 }, "by code"]);
    expect((await page.ask({ type: "file", path: "../meta.json", from: 0 })).error?.code).toBe("not_found");
    const guest = { userId: "g", role: "guest", rights: ["view"] };
    const looks = node.page({ notebook: "n1" }, guest);
    expect((await looks.ask({ type: "files" })).error?.code).toBe("forbidden");
    expect((await looks.ask({ type: "file", path: "made.txt", from: 0 })).error?.code).toBe("forbidden");
  } finally {
    await node.end();
  }
}, 300_000);
