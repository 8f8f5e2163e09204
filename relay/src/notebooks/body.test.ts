/** Bodies from a client that cannot be made to wait: a paused socket is read on by the library (ADR 56). */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Exchange } from "../http/exchange.ts";
import { bodyParts, bodyText } from "./body.ts";

const folder = mkdtempSync(join(tmpdir(), "eyepiece-body-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;

/** A request whose bytes come when the test says so, paused or not. */
function client() {
  const asked = { paused: false };
  let send: (bytes: Uint8Array, last: boolean) => void = () => {};
  let abort = () => {};
  const exchange = {
    over: false,
    pause: () => {
      asked.paused = true;
    },
    resume: () => {
      asked.paused = false;
    },
    onAbort: (listener: () => void) => {
      abort = listener;
    },
  } as unknown as Exchange;
  const body = {
    start: (take: typeof send) => {
      send = take;
    },
  };
  return {
    exchange,
    body,
    asked,
    send: (b: Uint8Array, last = false) => send(b, last),
    abort: () => abort(),
  };
}

test("200 MiB that come while nobody takes them lie on disk, in order, and leave nothing there", async () => {
  const { exchange, body, asked, send } = client();
  const parts = bodyParts(exchange, body, folder);
  const first = parts.next();
  const sent = createHash("sha256");
  const chunk = new Uint8Array(MIB);
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  for (let number = 0; number < 200; number++) {
    chunk.fill(number);
    sent.update(chunk);
    // The library's memory: it is another's after the call.
    send(chunk, number === 199);
  }
  expect(asked.paused).toBe(true);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MIB);
  expect(readdirSync(folder)).toEqual([]);
  const got = createHash("sha256");
  got.update((await first).value ?? new Uint8Array(0));
  let most = 0;
  for await (const part of parts) {
    got.update(part);
    most = Math.max(most, part.byteLength);
  }
  expect(got.digest("hex")).toBe(sent.digest("hex"));
  expect(most).toBeLessThanOrEqual(MIB);
  expect(asked.paused).toBe(false);
});

test("what comes while the rest is taken from disk comes after it", async () => {
  const { exchange, body, send } = client();
  const parts = bodyParts(exchange, body, folder);
  const first = parts.next();
  const chunk = (number: number) => Buffer.alloc(MIB, number);
  for (let number = 0; number < 20; number++) send(chunk(number));
  const seen: number[] = [...((await first).value ?? [])].slice(0, 1);
  let next = 20;
  for await (const part of parts) {
    for (let at = 0; at < part.byteLength; at += MIB) seen.push(part[at] ?? -1);
    if (next < 40) send(chunk(next), ++next === 40);
  }
  expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

test("a body that is too long is refused, and what still comes of it is kept nowhere", async () => {
  const { exchange, body, send } = client();
  const text = bodyText(exchange, body, 3 * MIB, folder);
  for (let number = 0; number < 12; number++) send(Buffer.alloc(MIB, 97));
  await expect(text).rejects.toMatchObject({ status: 413 });
  const before = process.memoryUsage().arrayBuffers;
  for (let number = 0; number < 100; number++) send(Buffer.from("x".repeat(MIB)));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120 * MIB);
  expect(readdirSync(folder)).toEqual([]);
});

test("one that breaks off is told so", async () => {
  const { exchange, body, send, abort } = client();
  const text = bodyText(exchange, body, MIB, folder);
  send(Buffer.from("half"));
  abort();
  await expect(text).rejects.toMatchObject({ status: 400, code: "aborted" });
});

test("a disk that takes no more is an error of the body", async () => {
  const { exchange, body, send } = client();
  // No folder can be made below a file.
  const parts = bodyParts(exchange, body, "/dev/null/none");
  const first = parts.next();
  for (let number = 0; number < 12; number++) send(Buffer.alloc(MIB));
  await first;
  await expect(
    (async () => {
      for await (const _part of parts);
    })(),
  ).rejects.toMatchObject({ code: "ENOTDIR" });
});
