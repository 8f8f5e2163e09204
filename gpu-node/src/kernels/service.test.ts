import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestNode, type TestPage } from "./testing/kernels.ts";

let node: TestNode;
let page: TestPage;
beforeAll(async () => {
  node = new TestNode();
  // The first run on a machine makes the environment.
  page = node.page({ notebook: "n1" });
  await page.run("1", "warm-up", 240_000);
}, 240_000);
afterAll(async () => {
  await node.end();
});

describe("KernelService", () => {
  it("runs a cell and tells what it printed", async () => {
    const status = await page.run("print(1)", "print-1");
    expect(status).toMatchObject({ state: "done", execution_count: 2 });
    expect(page.outputs.get("print-1")).toEqual([{ op: "stream", name: "stdout", text: "1\n" }]);
  });
});
