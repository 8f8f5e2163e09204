import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ExecutionRecord, ExecutionStore } from "./executions.ts";
import { OutputCopier } from "./output-copier.ts";

let folder = "";
let store: ExecutionStore;
let server: Server;
let status = 200;
let got: { url: string; token: string; body: Record<string, unknown> }[] = [];
let copier: OutputCopier;
const log: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-copier-"));
  store = new ExecutionStore(folder);
  status = 200;
  got = [];
  server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    request.on("end", () => {
      got.push({
        url: `${request.method} ${request.url}`,
        token: request.headers.authorization ?? "",
        body: JSON.parse(text) as Record<string, unknown>,
      });
      response.writeHead(status, { "content-type": "application/json" }).end('{"blob":"x"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  copier = new OutputCopier({ url: `http://127.0.0.1:${port()}`, token: "t" }, (line) => log.push(line));
});
afterEach(async () => {
  copier.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const port = () => (server.address() as AddressInfo).port;

function finished(execution: string, text = "1\n"): ExecutionRecord {
  const record: ExecutionRecord = {
    ...{ execution, cell: "c", code: "print(1)", seq: 1, state: "done" as const, queued_ms: 1 },
    ...{ execution_count: 3, started_ms: 2, ended_ms: 4, items: 1 },
  };
  store.save(record);
  writeFileSync(
    store.file(execution, "jsonl"),
    `${JSON.stringify({ op: "stream", name: "stdout", text })}\n`,
  );
  return record;
}

async function until(what: () => boolean): Promise<void> {
  for (let wait = 0; wait < 500 && !what(); wait++) await new Promise((done) => setTimeout(done, 10));
  expect(what()).toBe(true);
}

it("takes a finished execution to the relay, once", async () => {
  const record = finished("e1");
  copier.add(store, "n1", record);
  await until(() => copier.waiting === 0);
  expect(got).toEqual([
    {
      url: "PUT /api/executions/e1",
      token: "Bearer t",
      body: {
        ...{ notebook: "n1", cell: "c", state: "done", execution_count: 3, started_ms: 2, ended_ms: 4 },
        outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
      },
    },
  ]);
  expect(store.copied("e1")).toBe(1);
  copier.add(store, "n1", record);
  copier.add(store, "n1", { ...record, execution: "e2", state: "running" });
  expect(copier.waiting).toBe(0);
});

it("goes on until the relay has acknowledged, and only then notes it", async () => {
  status = 503;
  copier.add(store, "n1", finished("e1"));
  copier.add(store, "n1", finished("e2"));
  await until(() => got.length >= 2);
  expect(store.copied("e1")).toBeUndefined();
  expect(copier.waiting).toBe(2);
  status = 200;
  await until(() => copier.waiting === 0);
  expect([store.copied("e1"), store.copied("e2")]).toEqual([1, 1]);
});

it("gives up what the relay will never take: the notebook is gone", async () => {
  status = 404;
  copier.add(store, "n1", finished("e1"));
  await until(() => copier.waiting === 0);
  expect(store.copied("e1")).toBeUndefined();
  expect(log.at(-1)).toMatch(/did not take the outputs of e1: 404/);
});

it("waits for a relay that is not there", async () => {
  const address = port();
  await new Promise((done) => server.close(done));
  copier.add(store, "n1", finished("e1"));
  await until(() => log.some((line) => line.startsWith("Outputs wait for the relay")));
  expect(copier.waiting).toBe(1);
  await new Promise<void>((done) => server.listen(address, "127.0.0.1", done));
  await until(() => copier.waiting === 0);
  expect(store.copied("e1")).toBe(1);
});
