import { afterEach, expect, test } from "vitest";
import { type Dialled, dialRelay } from "./dial.ts";
import { type RelayFacts, RelayProcess } from "./relay-process.ts";
import type { TlsTrust } from "./trust.ts";

const relayProcess = new RelayProcess();
let node: Dialled | undefined;
afterEach(async () => {
  node?.close();
  await relayProcess.close();
});

function dial(relay: RelayFacts, tls?: TlsTrust, token = relay.nodeToken, log: string[] = []): Dialled {
  node = dialRelay({
    relayUrl: relay.url,
    token,
    name: "lab-1",
    version: "test",
    facts: () => ({ adapter: "test adapter", encoder: "test encoder" }),
    onOpen: (incoming) => incoming.reject("not_found", "Nothing is offered."),
    log: (line) => log.push(line),
    ...(tls ? { tls } : {}),
  });
  return node;
}

test("a node is seen by name, and dials again when the relay was killed", async () => {
  const relay = await relayProcess.start();
  const { link, up } = dial(relay);
  await up;
  const health = async () => (await (await fetch(`${relay.url}/healthz`)).json()) as { nodes: unknown[] };
  expect((await health()).nodes).toEqual([
    { name: "lab-1", adapter: "test adapter", encoder: "test encoder" },
  ]);
  await relayProcess.kill();
  while (link.state !== "down") await new Promise((resolve) => setTimeout(resolve, 5));
  await relayProcess.start(relay.port);
  while ((await health()).nodes.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("a token that is not accepted is final, and said in words", async () => {
  const relay = await relayProcess.start();
  const { up, link } = dial(relay, undefined, "guess");
  await expect(up).rejects.toThrow("does not accept this node's token");
  expect(link.state).toBe("down");
});

test("a pinned certificate is accepted, another is not", async () => {
  const relay = await relayProcess.start(0, "self-signed");
  const log: string[] = [];
  const other = dial(relay, { fingerprint: "00".repeat(32) }, relay.nodeToken, log);
  while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(log[0]).toContain("not the pinned");
  expect(other.link.state).toBe("down");
  other.close();
  const unpinned: string[] = [];
  const third = dial(relay, undefined, relay.nodeToken, unpinned);
  while (unpinned.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(unpinned[0]).toContain("certificate");
  third.close();
  await dial(relay, { fingerprint: relay.fingerprint ?? "" }).up;
});
