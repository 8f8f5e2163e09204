/** Comments: who may write, change and remove them, and who is told. */
import type { Comment } from "@eyepiece/protocol/notebook/comment.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { ask, guestOf, newcomer, type Visitor } from "../testing/world.ts";

let fixture: TestRelay;
let alice: Visitor;
let notebook: string;
let at: string;

const shared = async (rights: string): Promise<Visitor> => {
  const share = await ask(fixture, alice, "POST /api/shares", { kind: "notebook", id: notebook, rights });
  return guestOf(fixture, String(share.url));
};
const status = async (who: Visitor, request: string, body?: unknown): Promise<number> => {
  const [method = "GET", path = ""] = request.split(" ");
  const response = await fetch(fixture.relay.url + path, {
    method,
    headers: { cookie: who.cookie ?? "" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.status;
};
const list = async (who: Visitor): Promise<readonly Comment[]> =>
  (await ask(fixture, who, `GET ${at}`)).comments as Comment[];

beforeAll(async () => {
  fixture = await testRelay();
  alice = await newcomer(fixture, "alice", "user");
  notebook = String((await ask(fixture, alice, "POST /api/notebooks", { name: "Notes" })).id);
  at = `/api/notebooks/${notebook}/comments`;
});
afterAll(() => fixture.close());

test("who may comment writes and settles, changes only their own words; who may look reads", async () => {
  const [commenter, reader] = [await shared("comment"), await shared("view")];
  const first = await ask(fixture, alice, `POST ${at}`, { cell: "a", text: "  Is this right?  " });
  expect(first).toMatchObject({ cell: "a", text: "Is this right?", author_name: "alice", resolved_ms: null });
  const second = await ask(fixture, commenter, `POST ${at}`, { cell: "a", text: "It is." });
  expect(await status(reader, `POST ${at}`, { cell: "a", text: "Me too" })).toBe(403);
  expect((await list(reader)).map((one) => one.text)).toEqual(["Is this right?", "It is."]);
  expect(await status(commenter, `PATCH ${at}/${first.id}`, { text: "No" })).toBe(403);
  expect(await status(commenter, `PATCH ${at}/${second.id}`, { text: "It was." })).toBe(200);
  expect(await status(commenter, `DELETE ${at}/${first.id}`)).toBe(403);
  expect(await status(commenter, `POST ${at}/resolve`, { cell: "a", resolved: true })).toBe(200);
  expect((await list(alice)).every((one) => one.resolved_ms !== null)).toBe(true);
  // A new word opens the thread again.
  await ask(fixture, alice, `POST ${at}`, { cell: "a", text: "One more thing" });
  expect((await list(alice)).every((one) => one.resolved_ms === null)).toBe(true);
  expect(await status(alice, `DELETE ${at}/${second.id}`)).toBe(200);
  expect((await list(alice)).map((one) => one.text)).toEqual(["Is this right?", "One more thing"]);
});

test("empty and endless comments are refused", async () => {
  expect(await status(alice, `POST ${at}`, { cell: "a", text: "   " })).toBe(400);
  expect(await status(alice, `POST ${at}`, { cell: "a", text: "x".repeat(10_001) })).toBe(400);
  expect(await status(alice, `PATCH ${at}/none`, { text: "x" })).toBe(404);
});
