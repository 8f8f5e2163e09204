import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Flow } from "../services/services.ts";
import { SETUP_MS, TestFlows } from "../testing/flows.ts";
import type { Front } from "../testing/front.ts";
import { TRIALS } from "../testing/services.ts";
import { toolNames } from "./tools.ts";

const flows = new TestFlows({ trials: TRIALS, broken: "import no_such_module" });
const ada = flows.as("ada");
let front: Front;
let client: Client;

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
  front = await flows.at("ada");
  client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${front.url}/mcp`)));
}, SETUP_MS);
afterAll(async () => {
  await client?.close();
  await front?.close();
  await flows[Symbol.asyncDispose]();
});

const textOf = (result: { content: unknown }) => (result.content as { text: string }[])[0]?.text ?? "";

describe("flows as tools", () => {
  test("are listed with the schema of their forms, files among them", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...["hymn", "review", "review_file", "trials", "trials_files", "trials_typed"],
    ]);
    expect(tools.find(({ name }) => name === "trials_files")?.inputSchema).toMatchObject({
      properties: { papers: { type: "array", maxItems: 64, items: { oneOf: [{}, {}] } } },
      required: ["papers"],
    });
    expect(tools.find(({ name }) => name === "trials_typed")?.inputSchema).toEqual({
      type: "object",
      properties: {
        name: expect.objectContaining({ type: "string" }),
        count: expect.objectContaining({ type: "number", default: 1 }),
        loud: expect.objectContaining({ type: "boolean" }),
      },
      required: ["name"],
      additionalProperties: false,
    });
  });

  test("answer with the result of their run, and tell their progress", async () => {
    const heard: string[] = [];
    const result = await client.callTool(
      { name: "trials_typed", arguments: { name: "Ada", loud: true } },
      { onprogress: ({ message }) => heard.push(message ?? "") },
    );
    expect(result.isError).toBeFalsy();
    expect(JSON.parse(textOf(result))).toEqual({ name: "Ada", count: 1, loud: true });
    expect(heard).toContain("Ada");
    expect(heard).toContain("running");
    // The run is on the timeline as any other.
    const { fid } = result.structuredContent as { fid: string };
    expect((await ada.get(`/outputs/status/${fid}`)).body).toMatchObject({ status: "finished" });
  });

  test("take files within the call, or uploaded before it; what is refused stays nowhere", async () => {
    const uploads = join(flows.home, "flows", "uploads", "ada");
    const begun = await ada.post("/files/init", { filename: "empty.txt", total_chunks: 0 });
    const large = "x".repeat(1_000_000);
    const papers = [
      { name: "notes/one.txt", content: Buffer.from("first").toString("base64") },
      { name: "two.txt", content: Buffer.from(large).toString("base64") },
      { upload_id: begun.body.upload_id },
    ];
    const result = await client.callTool({ name: "trials_files", arguments: { papers } });
    expect(JSON.parse(textOf(result))).toEqual({
      names: ["notes/one.txt", "two.txt", "empty.txt"],
      found: { "in/notes/one.txt": 5, "in/two.txt": 1_000_000, "in/empty.txt": 0 },
    });
    const content = papers[0]?.content ?? "";
    for (const [wrong, why] of [
      [[{ name: "../x", content }], /is no name of a file/],
      [[{ name: "/etc/x", content }], /is no name of a file/],
      [[{ name: "x", content: "not base64!" }], /papers is .* as base64/],
      [[{ upload_id: randomUUID() }], /does not exist/],
      [[{ upload_id: "another" }], /or \{upload_id\}/],
      ["text", /papers is a list of/],
      [Array.from({ length: 65 }, () => ({ name: "x", content })), /more than 64 files/],
      [
        [
          { name: "x", content },
          { name: "x", content },
        ],
        /Two files are called/,
      ],
      [[], /This field is required/],
    ] as const) {
      const refused = await client.callTool({ name: "trials_files", arguments: { papers: wrong } });
      expect([refused.isError, textOf(refused)]).toEqual([true, expect.stringMatching(why)]);
    }
    expect(readdirSync(uploads)).toEqual([]);
    // More than a call may have is refused before it is read.
    const huge = [{ name: "x", content: "A".repeat(5_000_000) }];
    await expect(client.callTool({ name: "trials_files", arguments: { papers: huge } })).rejects.toThrow();
    expect(readdirSync(uploads)).toEqual([]);
  });

  test("say why a form was refused, a run failed, or a tool is none", async () => {
    const refused = await client.callTool({ name: "trials_typed", arguments: { name: "nobody" } });
    expect([refused.isError, textOf(refused)]).toEqual([
      true,
      "The form was refused. name: Choose another. Not this one.",
    ]);
    const broke = await client.callTool({ name: "trials", arguments: { mode: "raise" } });
    expect([broke.isError, textOf(broke)]).toEqual([true, expect.stringContaining("this went wrong")]);
    const none = await client.callTool({ name: "nothing", arguments: {} });
    expect([none.isError, textOf(none)]).toEqual([true, "There is no flow called nothing."]);
  });

  test.each(["legacy", "auto"] as const)("end their run when a client (%s) calls them off", async (mode) => {
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${front.url}/mcp`)));
    const stop = new AbortController();
    const begun = Promise.withResolvers<void>();
    const calling = client.callTool(
      { name: "trials", arguments: { mode: "slow" } },
      { signal: stop.signal, onprogress: ({ message }) => message === "running" && begun.resolve() },
    );
    await begun.promise;
    stop.abort(new Error("enough"));
    await expect(calling).rejects.toThrow();
    const [run] = (await ada.get("/timeline?pp=1")).body.items.append;
    const told = await ada.events(`/outputs/main/${run.fid}`);
    expect(told.filter(({ event }) => event === "error").map(({ data }) => data)).toEqual(["cancelled"]);
    await client.close();
  });

  test("are not for guests", async () => {
    const door = await flows.at("eve", "guest");
    const guest = new Client({ name: "guest", version: "1" });
    await expect(
      guest.connect(new StreamableHTTPClientTransport(new URL(`${door.url}/mcp`))),
    ).rejects.toThrow();
    await door.close();
  });

  test("have names of their own, whatever their addresses are", () => {
    const flow = (url: string, uid: string) => ({ url, uid }) as Flow;
    const long = `/-/a/${"x".repeat(90)}`;
    const named = toolNames([
      ...[flow("/-/a/b", "1".repeat(32)), flow("/-/a-b/", "2".repeat(32)), flow("/-/a_b/", "3".repeat(32))],
      ...[flow(`${long}1`, "4".repeat(32)), flow(`${long}2`, "5".repeat(32))],
    ]);
    expect(named.size).toBe(5);
    for (const name of named.keys()) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });
});

test("OpenAPI has every flow with its schema, at the address where the client is", async () => {
  const headers = { "x-forwarded-host": "relay.example.org", "x-forwarded-proto": "https" };
  const { body } = await ada.get("/openapi.json", headers);
  expect(body.openapi).toBe("3.1.0");
  expect(body.servers).toEqual([{ url: "https://relay.example.org/api/flows" }]);
  const { post } = body.paths["/-/trials/typed"];
  expect(post.requestBody.content["application/json"].schema.required).toEqual(["name"]);
  expect(post.operationId).toBe("trials_typed");
  expect(Object.keys(body.paths["/outputs/status/{fid}"])).toEqual(["get"]);
});
