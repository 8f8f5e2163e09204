import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelService } from "@eyepiece/gpu-node/kernels/service.ts";
import { ENVIRONMENT_CACHE } from "@eyepiece/gpu-node/kernels/testing/kernels.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeLink, type TestRelay, testRelay } from "../testing/fixture.ts";

let fixture: TestRelay;
let cookie: string;
let folder: string;
let kernels: KernelService;
beforeAll(async () => {
  fixture = await testRelay();
  cookie = await fixture.signIn();
  folder = mkdtempSync(join(tmpdir(), "eyepiece-execute-"));
});
afterAll(async () => {
  await kernels?.shutdown();
  await fixture.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function stream(
  body: unknown,
): Promise<{ status: number; events: Record<string, unknown>[]; text: string }> {
  const response = await fetch(`${fixture.relay.url}/api/execute/stream`, {
    method: "POST",
    headers: { cookie },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const events = text
    .split("\n\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => JSON.parse(line.slice(6)) as Record<string, unknown>);
  return { status: response.status, events, text };
}

test("code without a node is refused with a sentence", async () => {
  const { status, text } = await stream({ code: "1" });
  expect(status).toBe(503);
  expect(JSON.parse(text).message).toMatch(/node/);
});

test("code runs in a process of its own, which ends with the answer", async () => {
  kernels = new KernelService({
    folder: join(folder, "kernels"),
    environments: ENVIRONMENT_CACHE,
    roots: [],
    hidden: [folder],
    relay: undefined,
    log: () => {},
  });
  const node = await nodeLink(fixture.relay, "lab-1", (incoming) => void kernels.join(incoming));
  const ran = await stream({
    code: `import sys
print("out")
print("err", file=sys.stderr)
left = 1
6 * 7`,
  });
  expect(ran.status).toBe(200);
  const of = (type: string) =>
    ran.events
      .filter((event) => event.type === type)
      .map(({ text }) => text)
      .join("");
  expect([of("stdout"), of("stderr"), of("result")]).toEqual(["out\n", "err\n", "42"]);
  expect(ran.events.at(-1)).toMatchObject({ type: "done", state: "done" });

  const failed = await stream({ code: "left" });
  expect(failed.events.map(({ type }) => type)).toEqual(["error", "done"]);
  expect(failed.events[0]).toMatchObject({ ename: "NameError" });

  const late = await stream({ code: "import time\nprint('begun', flush=True)\ntime.sleep(60)", timeout: 8 });
  expect(late.events.at(-1)).toMatchObject({ type: "timeout" });
  expect(late.events[0]).toMatchObject({ type: "stdout", text: "begun\n" });

  const asks = await stream({ code: "input('?')" });
  expect(asks.events.at(-1)).toMatchObject({ type: "error", text: expect.stringMatching(/input/) });
  node.socket.close();
}, 240_000);
