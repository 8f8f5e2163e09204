/** Notebooks that a relay says were deleted, while the node was there or away: real kernels, a small relay. */
import { existsSync, readdirSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { livingKeeper } from "./keeper-link.ts";
import { TestNode } from "./testing/kernels.ts";

const deleted = new Set<string>();
let status = 200;
let open: { asked: string[]; response: ServerResponse }[] = [];
let server: Server;
let node: TestNode;

/** Answers questions of which something is known. */
function answer(): void {
  open = open.filter(({ asked, response }) => {
    const found = asked.filter((id) => deleted.has(id));
    if (found.length > 0) response.end(JSON.stringify({ deleted: found }));
    return found.length === 0;
  });
}

beforeEach(async () => {
  deleted.clear();
  [open, status] = [[], 200];
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (bytes: Buffer) => {
      text += bytes.toString();
    });
    request.on("end", () => {
      response.statusCode = status;
      if (request.url !== "/api/nodes/deleted-notebooks" || status !== 200) {
        response.end("{}");
        return;
      }
      open.push({ asked: (JSON.parse(text) as { notebooks: string[] }).notebooks, response });
      answer();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  node = new TestNode({ relay: { url: `http://127.0.0.1:${port}`, token: "t" } });
});
afterEach(async () => {
  await node.end();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const folders = () =>
  readdirSync(join(node.folder, "kernels"))
    .map((name) => join(node.folder, "kernels", name))
    .filter((folder) => existsSync(join(folder, "meta.json")));

it("ends the kernel of a notebook that is deleted, at once, and no other", async () => {
  const [gone, stays] = [node.page({ notebook: "gone" }), node.page({ notebook: "stays" })];
  await gone.run("open('made', 'w').write('x')", "g", 240_000);
  await stays.run("x = 1", "s", 60_000);
  await expect.poll(() => open.some(({ asked }) => asked.includes("gone")), { timeout: 30_000 }).toBe(true);
  const keeper = livingKeeper(folders().find((folder) => existsSync(join(folder, "work/made"))) ?? "");
  expect(keeper).toBeDefined();
  deleted.add("gone");
  answer();
  expect((await gone.channel.closed).message).toBe("The notebook was deleted.");
  await expect.poll(() => folders().length, { timeout: 10_000 }).toBe(1);
  await expect.poll(() => existsSync(`/proc/${keeper?.pid}`), { timeout: 10_000 }).toBe(false);
  expect(await stays.run("print(x)", "s2")).toMatchObject({ state: "done" });
}, 300_000);

it("does it after it was away, and not for a relay that has only never heard of it", async () => {
  await node.page({ notebook: "gone" }).run("x = 1", "g", 240_000);
  node.service.close();
  status = 404;
  node.restart();
  await node.service.recover();
  await new Promise((done) => setTimeout(done, 300));
  expect(folders()).toHaveLength(1);
  deleted.add("gone");
  status = 200;
  node.restart();
  await node.service.recover();
  await expect.poll(() => folders().length, { timeout: 10_000 }).toBe(0);
}, 300_000);
