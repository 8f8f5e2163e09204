/** What outlives what: real processes, really killed. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ExecutionStore, readLog } from "./executions.ts";
import { treeOf } from "./keeper/processes.ts";
import { livingKeeper } from "./keeper-link.ts";
import { TestNode, type TestPage } from "./testing/kernels.ts";

let node: TestNode;
let page: TestPage;
beforeEach(async () => {
  node = new TestNode();
  page = node.page({ notebook: "n1" });
  await page.run("import time, os", "warm-up", 240_000);
}, 240_000);
afterEach(async () => {
  await node.end();
});

/** Folder and keeper of the one notebook. */
function kept() {
  const parent = join(node.folder, "kernels");
  const name = readdirSync(parent).find((one) => existsSync(join(parent, one, "meta.json"))) ?? "";
  const folder = join(parent, name);
  const entry = livingKeeper(folder);
  if (!entry) throw new Error("no keeper lives");
  return { folder, entry, tree: treeOf(entry.pid) };
}

/** A process' words; none when it is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

const alive = (pids: readonly number[]) =>
  pids.filter(
    (pid) => existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z "),
  );

it("keeps its kernel, its queue and its outputs while no node is there", async () => {
  const { tree } = kept();
  const items = [0, 1, 2].map((i) => ({
    execution: `run-${i}`,
    cell: `c${i}`,
    code: `for i in range(5):\n    print(${i}, i)\n    time.sleep(0.1)`,
  }));
  await page.ask({ type: "execute", items });
  await page.until(() => page.executions.get("run-0")?.state === "running");
  node.service.close();
  // All cells end while nobody is there.
  const store = new ExecutionStore(kept().folder);
  for (let wait = 0; wait < 100; wait++) {
    if (store.load().every((record) => record.state === "done")) break;
    await sleep(100);
  }
  node.restart();
  const again = node.page({ notebook: "n1" });
  for (const i of [0, 1, 2]) {
    await again.until(() => again.executions.has(`run-${i}`));
    again.tell({ type: "outputs", execution: `run-${i}`, from: 0 });
    expect(await again.over(`run-${i}`)).toMatchObject({ state: "done" });
    expect(again.text(`run-${i}`)).toBe([0, 1, 2, 3, 4].map((n) => `${i} ${n}\n`).join(""));
  }
  expect(alive(tree)).toEqual(tree);
  expect(await again.run("os.getpid()", "same")).toMatchObject({ state: "done", execution_count: 5 });
});

it("tells the death of a kernel, and starts another one on the next run", async () => {
  await page.ask({
    type: "execute",
    items: [
      { execution: "dies", cell: "a", code: "print('before', flush=True); time.sleep(60)" },
      { execution: "waits", cell: "b", code: "1" },
    ],
  });
  page.tell({ type: "outputs", execution: "dies", from: 0 });
  await page.until(() => page.text("dies") === "before\n");
  const { entry } = kept();
  // What confines the kernel has its words, too; what the kernel starts for a moment has not.
  const kernel = treeOf(entry.pid).findLast((pid) => commandOf(pid).includes("ipykernel_launcher"));
  if (kernel === undefined) throw new Error("no kernel lives");
  process.kill(kernel, "SIGKILL");
  expect(await page.over("dies")).toMatchObject({ state: "lost" });
  expect(await page.over("waits")).toMatchObject({ state: "cancelled" });
  await page.until(() => page.state === "dead");
  const status = page.events.findLast((event) => event.type === "kernel");
  expect(status?.type === "kernel" && status.message).toMatch(/killed/);
  expect(page.text("dies")).toBe("before\n");
  expect(await page.run("'anew'", "anew")).toMatchObject({ state: "done", execution_count: 1 });
});

it("loses no output that was written when the keeper is killed, and takes the kernel with it", async () => {
  const { entry, folder, tree } = kept();
  void page.ask({
    type: "execute",
    items: [
      {
        execution: "flows",
        cell: "a",
        code: "i = 0\nwhile True:\n    print(i, flush=True)\n    i += 1\n    time.sleep(0.001)",
      },
    ],
  });
  page.tell({ type: "outputs", execution: "flows", from: 0 });
  await page.until(() => (page.outputs.get("flows")?.length ?? 0) > 5);
  process.kill(entry.pid, "SIGKILL");
  await page.until(() => page.state === "dead");
  expect(await page.over("flows")).toMatchObject({ state: "lost" });
  const text = readLog(new ExecutionStore(folder).file("flows", "jsonl"))
    .map((item) => (item.op === "stream" ? item.text : ""))
    .join("");
  // In order, none twice: the numbers count up.
  const numbers = text.trim().split("\n").map(Number);
  expect(numbers).toEqual(numbers.map((_, at) => at));
  for (let wait = 0; wait < 50 && alive(tree).length > 0; wait++) await sleep(50);
  expect(alive(tree)).toEqual([]);
  await expect.poll(() => existsSync(entry.runtime)).toBe(false);
  expect(await page.run("'anew'", "anew")).toMatchObject({ state: "done" });
});

it("restarts without the variables, and shuts down without a trace", async () => {
  await page.run("x = 1", "sets");
  expect((await page.ask({ type: "restart" })).error).toBeUndefined();
  expect(await page.run("x", "reads")).toMatchObject({ state: "failed", execution_count: 1 });
  const { entry, tree } = kept();
  await page.ask({ type: "shutdown" });
  await page.until(() => page.state === "none");
  for (let wait = 0; wait < 50 && alive(tree).length > 0; wait++) await sleep(50);
  expect(alive(tree)).toEqual([]);
  expect(existsSync(entry.runtime)).toBe(false);
});

it("ends by itself when its folder is gone and no node is there", async () => {
  const { tree, folder } = kept();
  node.service.close();
  rmSync(folder, { recursive: true });
  for (let wait = 0; wait < 150 && alive(tree).length > 0; wait++) await sleep(100);
  expect(alive(tree)).toEqual([]);
});

it("stays alive in a flood, and keeps the whole of it in a file", async () => {
  void page.ask({
    type: "execute",
    items: [
      { execution: "flood", cell: "a", code: "i = 0\nwhile True:\n    print('x' * 70, i)\n    i += 1" },
    ],
  });
  page.tell({ type: "outputs", execution: "flood", from: 0 });
  await page.until(() => page.outputs.get("flood")?.some((item) => item.op === "cut"), 60_000);
  const answer = await page.ask({ type: "is_complete", code: "1" });
  expect(answer.content?.status).toBe("complete");
  await sleep(500);
  await page.ask({ type: "interrupt" });
  expect(await page.over("flood")).toMatchObject({ state: "failed" });
  const items = page.outputs.get("flood") ?? [];
  const bytes = items.reduce((sum, item) => sum + (item.op === "stream" ? item.text.length : 0), 0);
  expect(bytes).toBeGreaterThan(7 << 20);
  expect(bytes).toBeLessThan(9 << 20);
  expect(items.some((item) => item.op === "error" && item.ename === "KeyboardInterrupt")).toBe(true);
  let whole = "";
  for (let from: number | undefined = 0; from !== undefined; ) {
    const { content, buffers } = await page.ask({ type: "whole", execution: "flood", from });
    whole += Buffer.concat(buffers).toString();
    from = typeof content?.next === "number" ? content.next : undefined;
  }
  const lines = whole.split("\n").filter((line) => line.startsWith("x"));
  expect(lines.length).toBeGreaterThan(100_000);
  lines.slice(0, -1).forEach((line, at) => {
    if (line !== `${"x".repeat(70)} ${at}`) throw new Error(`line ${at} is ${line.slice(0, 100)}`);
  });
}, 120_000);
