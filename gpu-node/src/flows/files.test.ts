import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";

const flows = new TestFlows({ trials: TRIALS });
const ada = flows.as("ada");
const bob = flows.as("bob", "user");

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

/** Uploads a file in parts. @returns its id, as a form names it */
async function upload(filename: string, parts: readonly string[], who = ada): Promise<string> {
  const begun = await who.post("/files/init", { filename, total_chunks: parts.length });
  expect(begun.status).toBe(201);
  for (const [number, part] of parts.entries())
    expect((await chunk(begun.body.upload_id, number, part, who)).status).toBe(201);
  return begun.body.upload_id;
}
function chunk(id: string, number: number, part: string, who = ada) {
  const field = (name: string, value: string, more = "") =>
    `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const body = `${field("upload_id", id)}${field("chunk_number", String(number))}${field("chunk", part, '; filename="x"')}--B--\r\n`;
  return who.post("/files/chunk", body, { "content-type": "multipart/form-data; boundary=B" });
}
const field = (items: Record<string, string>) =>
  JSON.stringify({
    batchId: "b",
    items: Object.fromEntries(
      Object.entries(items).map(([id, filename]) => [id, { filename, totalChunks: 1 }]),
    ),
  });
const final = async (fid: string) => {
  const told = await ada.events(`/outputs/stream/${fid}`);
  return JSON.parse(told.find(({ event }) => event === "final")?.data ?? JSON.stringify(told.at(-2)));
};

test("files go up in parts, to the run that the form starts; they are listed, fetched and removed", async () => {
  const one = await upload("one.txt", ["first ", "second"]);
  const two = await upload("folder/two ü.bin", ["x".repeat(300_000)]);
  const fid = await ada.launch("/-/trials/files", { papers: field({ [one]: "../../evil", [two]: "two" }) });
  // The names that the uploads began with count, not those that the form says.
  expect(await final(fid)).toEqual({
    dict: {
      names: ["one.txt", "folder/two ü.bin"],
      found: { "in/one.txt": 12, "in/folder/two ü.bin": 300_000 },
    },
  });
  const list = await ada.get(`/files/${fid}/in`);
  expect(list.body.map(({ path, size }: { path: string; size: number }) => [path, size])).toEqual([
    ["in/folder/two ü.bin", 300_000],
    ["in/one.txt", 12],
  ]);
  const file = await ada.get(`/files/${fid}/in/folder/two%20%C3%BC.bin`);
  expect([file.status, file.text.length, file.headers["content-disposition"]]).toEqual([
    200,
    300_000,
    expect.stringContaining("attachment"),
  ]);
  expect((await bob.get(`/files/${fid}/in`)).status).toBe(404);
  expect((await ada.delete(`/files/${fid}/in/one.txt`)).status).toBe(204);
  expect((await ada.get(`/files/${fid}/in/one.txt`)).status).toBe(404);
  expect((await ada.get(`/files/${fid}/out`)).body).toEqual([]);
  expect(readdirSync(join(flows.home, "flows", "uploads", "ada"))).toEqual([]);
});

test("names that lead out are refused at every door, and what is another's is not there", async () => {
  for (const filename of ["../x", "/etc/x", "a/../../x", "a\0b", "..", "a\\b", "", "x".repeat(400)])
    expect((await ada.post("/files/init", { filename, total_chunks: 1 })).status, filename).toBe(400);
  const fid = await ada.launch("/-/trials/", { mode: "strange" });
  await final(fid);
  for (const path of ["..%2fsqlite3.db", "in%2f..%2fsqlite3.db", "..", "sqlite3.db", "in/%00", "%ff"])
    expect([400, 404], path).toContain((await ada.get(`/files/${fid}/${path}`)).status);
  const id = await upload("mine.txt", ["secret"]);
  expect((await chunk(id, 0, "other", bob)).status).toBe(404);
  expect((await bob.delete(`/files/cancel/${id}`)).status).toBe(404);
  expect((await bob.post("/-/trials/files", { papers: field({ [id]: "mine.txt" }) })).status).toBe(404);
  expect((await ada.delete(`/files/cancel/${id}`)).status).toBe(204);
  expect(existsSync(join(flows.home, "flows", "uploads", "ada", id))).toBe(false);
});

test("a file that is not whole starts nothing, and says so", async () => {
  const begun = await ada.post("/files/init", { filename: "half.txt", total_chunks: 2 });
  await chunk(begun.body.upload_id, 1, "b");
  expect((await chunk(begun.body.upload_id, 2, "c")).status).toBe(400);
  const answer = await ada.post("/-/trials/files", { papers: field({ [begun.body.upload_id]: "half.txt" }) });
  expect([answer.status, answer.body.detail]).toEqual([
    400,
    '"half.txt" is not whole: 1 of 2 parts are here.',
  ]);
  expect((await ada.post("/-/trials/files", {})).body.errors.papers).toEqual(["This field is required."]);
  expect((await ada.post("/-/trials/files", { papers: "in/../x" })).body.errors.papers).toEqual([
    "This field takes files.",
  ]);
});
