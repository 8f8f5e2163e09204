import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Link } from "@eyepiece/protocol/wire/link.ts";
import { encodeMessage, viewer } from "@eyepiece/protocol/wire/messages.ts";
import type { Transport } from "@eyepiece/protocol/wire/transport.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderName } from "../kernels/meta.ts";
import { GpuLedger } from "./ledger.ts";
import { SessionManager } from "./manager.ts";

let folder = "";
let manager: SessionManager;
let ledger: GpuLedger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-sessions-"));
  manager = make();
});
afterEach(async () => {
  await manager.close();
  rmSync(folder, { recursive: true, force: true });
});

function make(bytes = 1000): SessionManager {
  ledger = new GpuLedger([
    { id: "gpu0", name: "a GPU", bytes, encoders: 1 },
    { id: "cpu", name: "the CPU", bytes, encoders: 0 },
  ]);
  return new SessionManager({
    folder,
    settings: { roots: [], allowedHosts: [], environments: "", memoryBytes: 1, gpuBytes: 1000, notice: "" },
    adapters: [
      { device: "gpu0", environment: process.env },
      { device: "cpu", environment: process.env },
    ],
    ledger,
    idleMs: 1000,
    log: () => {},
  });
}

/** What a caller is told who opens a session. */
async function answer(
  identity: { userId: string; role: string; rights: string[]; scope?: string; grantedBy?: string },
  session: string,
  view = "tab-1",
): Promise<string> {
  const links: Link[] = [];
  const hello = () => ({ protocolMin: 1, protocolMax: 1, version: "test", role: "test" });
  const transport = (to: number): Transport => ({
    bufferedAmount: 0,
    send: (message) => queueMicrotask(() => links[to]?.receive(message)),
    close: () => {},
  });
  // The relay vouches for who calls: here the test is the relay.
  const node = new Link({
    hello,
    onOpen: (incoming) => void manager.join({ ...incoming, facts: { ...incoming.facts, identity } }),
  });
  const browser = new Link({ hello });
  links.push(browser, node);
  browser.attach(transport(1));
  node.attach(transport(0));
  const params = encodeMessage(viewer.ViewerParams, { session, view });
  const channel = browser.open({ service: "viewer", params });
  const ended = await channel.closed;
  return ended.code;
}

const everything = ["view", "comment", "edit", "run"];

describe("SessionManager", () => {
  it("lets nobody into a session without a right to it, and does not say whether it exists", async () => {
    manager.create("mine", "alice", "s1");
    const others = [
      { userId: "bob", role: "user", rights: everything },
      { userId: "g", role: "guest", rights: ["view"] },
      { userId: "g", role: "guest", rights: ["view"], scope: "session:s2", grantedBy: "alice" },
      { userId: "g", role: "guest", rights: ["view"], scope: "session:s1", grantedBy: "bob" },
      { userId: "g", role: "guest", rights: ["view"], scope: "session:s1" },
      { userId: "bob", role: "user", rights: everything, scope: "session:s1", grantedBy: "bob" },
      // What is given for one session opens no other, not even one's own.
      { userId: "alice", role: "user", rights: ["view"], scope: "session:s2", grantedBy: "bob" },
      { userId: "o", role: "owner", rights: everything },
      { userId: "", role: "", rights: [] },
    ];
    for (const other of others) expect(await answer(other, "s1")).toBe("not_found");
    expect(await answer({ userId: "alice", role: "user", rights: everything }, "nothing")).toBe("not_found");
  });

  it("lets in those whom its owner gave it, and the node's own to whom an administrator did", async () => {
    manager = make(10);
    manager.create("mine", "alice", "s1");
    manager.create("the node's", "", "s2");
    const guest = { userId: "g", role: "guest", rights: ["view"] };
    // The GPU has no room here, which is said only to those who may enter.
    expect(await answer({ ...guest, scope: "session:s1", grantedBy: "alice" }, "s1")).toBe("unavailable");
    expect(await answer({ ...guest, scope: "session:s2", grantedBy: "o" }, "s2")).toBe("unavailable");
    expect(await answer({ userId: "o", role: "owner", rights: everything }, "s2")).toBe("unavailable");
    expect(await answer({ userId: "bob", role: "user", rights: everything }, "s2")).toBe("not_found");
  });

  it("lets those who see a notebook into what its own kernel made, and into nothing else", async () => {
    manager = make(10);
    const arrays = (notebook: string) => join("/arrays", folderName(notebook));
    manager.create("made", "alice", "s1", arrays("n1"));
    manager.create("of another notebook", "alice", "s2", arrays("n2"));
    manager.create("of no notebook", "alice", "s3");
    manager.create("of the node", "", "s4", arrays("n1"));
    const guest = { userId: "g", role: "guest", rights: ["view"], grantedBy: "alice" };
    expect(await answer({ ...guest, scope: "notebook:n1" }, "s1")).toBe("unavailable");
    for (const session of ["s2", "s3", "s4"])
      expect(await answer({ ...guest, scope: "notebook:n1" }, session)).toBe("not_found");
    for (const scope of ["notebook:", "notebook:n2", `notebook:${folderName("n1")}`])
      expect(await answer({ ...guest, scope }, "s1")).toBe("not_found");
    expect(await answer({ ...guest, scope: "notebook:n1", grantedBy: "bob" }, "s1")).toBe("not_found");
  });

  it("refuses views with names that are none", async () => {
    manager.create("mine", "alice", "s1");
    const alice = { userId: "alice", role: "user", rights: everything };
    for (const name of ["", "../../etc", "a b", "x".repeat(65)]) {
      expect(await answer(alice, "s1", name)).toBe("invalid");
    }
  });

  it("says so when the GPU has no room", async () => {
    manager = make(10);
    manager.create("mine", "alice", "s1");
    expect(await answer({ userId: "alice", role: "user", rights: everything }, "s1")).toBe("unavailable");
  });

  it("lists what a caller may see, the newest first, and knows it after a restart", async () => {
    manager.create("a", "alice", "s1");
    await new Promise((done) => setTimeout(done, 5));
    manager.create("b", "bob", "s2");
    const owner = { userId: "o", name: "", role: "owner", rights: everything };
    const bob = { userId: "bob", name: "", role: "user", rights: everything };
    const alice = { userId: "alice", name: "", role: "user", rights: everything };
    manager.create("the node's", "", "s3");
    await new Promise((done) => setTimeout(done, 5));
    manager.create("c", "alice", "s4");
    expect(manager.list(alice).map((one) => one.session)).toEqual(["s4", "s1"]);
    expect(manager.list(owner).map((one) => one.session)).toEqual(["s3"]);
    expect(manager.list(bob).map((one) => one.session)).toEqual(["s2"]);
    expect(manager.list(undefined)).toEqual([]);
    const titles = (caller: typeof owner) =>
      make()
        .list(caller)
        .map((one) => one.title);
    expect(titles(alice)).toEqual(["c", "a"]);
    expect(() => manager.create("again", "bob", "s2")).toThrow(/already/);
    await expect(manager.remove("s1", bob)).rejects.toThrow(/no such session/);
    await expect(manager.remove("s1", owner)).rejects.toThrow(/no such session/);
    await manager.remove("s1", alice);
    expect(titles(alice)).toEqual(["c"]);
  });
});
