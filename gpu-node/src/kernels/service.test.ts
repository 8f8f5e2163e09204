import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALICE, TestNode, type TestPage } from "./testing/kernels.ts";

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

let made = 0;
const id = () => `x-${++made}`;

describe("a cell", () => {
  it("prints", async () => {
    const before = page.executions.get("warm-up")?.execution_count ?? 0;
    const status = await page.run("print(1)", "print-1");
    expect(status).toMatchObject({ state: "done", execution_count: before + 1, items: 1 });
    expect(page.outputs.get("print-1")).toEqual([{ op: "stream", name: "stdout", text: "1\n" }]);
  });

  it("is followed from the moment it is asked for", async () => {
    for (let i = 0; i < 20; i++) {
      const execution = id();
      page.tell({ type: "execute", items: [{ execution, cell: "at-once", code: "1" }] });
      expect((await page.ask({ type: "outputs", execution, from: 0 })).error).toBeUndefined();
      expect(await page.over(execution)).toMatchObject({ state: "done", items: 1 });
    }
  });

  it("has a result, rich displays that change, and errors", async () => {
    const shows = id();
    await page.run(
      `from IPython.display import display, HTML, clear_output
shown = display(HTML("<b>1</b>"), display_id="d1")
shown.update(HTML("<b>2</b>"))
clear_output(wait=True)
import sys
print("later", file=sys.stderr)
6 * 7`,
      shows,
    );
    expect(page.outputs.get(shows)).toMatchObject([
      { op: "display", display_id: "d1", data: { "text/html": "<b>1</b>" } },
      { op: "update", display_id: "d1", data: { "text/html": "<b>2</b>" } },
      { op: "clear", wait: true },
      { op: "stream", name: "stderr", text: "later\n" },
      { op: "result", data: { "text/plain": "42" } },
    ]);
    const fails = id();
    expect(await page.run("1 / 0", fails)).toMatchObject({ state: "failed" });
    expect(page.outputs.get(fails)).toMatchObject([{ op: "error", ename: "ZeroDivisionError" }]);
  });

  it("changes what another cell shows, in that cell's log too", async () => {
    const first = id();
    await page.run(`handle = display("old", display_id="d2")`, first);
    await page.run(`handle.update("new")`, id());
    await page.until(() => page.outputs.get(first)?.length === 2);
    expect(page.outputs.get(first)?.[1]).toMatchObject({ op: "update", display_id: "d2" });
  });

  it("asks for input", async () => {
    const asks = id();
    const over = page.run(`name = input("Who? ")\nprint("Hello", name)`, asks);
    const request = await page.until(() => page.events.find((event) => event.type === "input_request"));
    expect(request).toMatchObject({ execution: asks, prompt: "Who? ", password: false });
    page.tell({ type: "input", execution: asks, value: "Ada" });
    expect(await over).toMatchObject({ state: "done" });
    expect(page.text(asks)).toContain("Hello Ada");
  });

  it("is interrupted, and takes what waits behind it along", async () => {
    const items = ["a", "b"].map((name) => ({
      execution: `sleep-${name}`,
      cell: name,
      code: "import time; time.sleep(60)",
    }));
    await page.ask({ type: "execute", items });
    await page.until(() => page.state === "busy" && page.executions.get("sleep-b")?.position === 1);
    page.tell({ type: "outputs", execution: "sleep-a", from: 0 });
    await page.ask({ type: "interrupt" });
    expect(await page.over("sleep-a")).toMatchObject({ state: "failed" });
    expect(page.text("sleep-a")).toContain("KeyboardInterrupt");
    expect(await page.over("sleep-b")).toMatchObject({ state: "cancelled" });
    expect(await page.run("'still here'", "after")).toMatchObject({ state: "done" });
  });

  it("keeps the bytes of comms", async () => {
    const opens = id();
    await page.run(
      `from comm import create_comm
got = []
comm = create_comm(target_name="t", data={"a": 1}, buffers=[b"\\x00\\x01\\x02"])
@comm.on_msg
def heard(message):
    got.append((message["content"]["data"], bytes(message["buffers"][0])))
    print("heard")`,
      opens,
    );
    const at = page.events.findIndex((event) => event.type === "comm");
    const opened = page.events[at];
    expect(opened).toMatchObject({ msg_type: "comm_open", content: { target_name: "t", data: { a: 1 } } });
    expect(page.buffers[at]?.map((bytes) => [...bytes])).toEqual([[0, 1, 2]]);
    const comm_id = opened?.type === "comm" ? opened.content.comm_id : "";
    const content = { comm_id, data: { b: 2 } };
    page.tell({ type: "comm", msg_type: "comm_msg", content, msg_id: "m-1" }, [new Uint8Array([7, 8])]);
    const printed = await page.until(() => page.events.find((event) => event.type === "comm_output"));
    expect(printed).toMatchObject({ msg_id: "m-1", item: { op: "stream", text: "heard\n" } });
    const reads = id();
    await page.run("got", reads);
    expect(page.text(reads)).toContain("[({'b': 2}, b'\\x07\\x08')]");
  });
});

describe("questions to a kernel", () => {
  it("completes and inspects, also while a cell runs", async () => {
    await page.run("unusual_name = 1", id());
    // The first one loads what completion needs, which takes as long as it takes.
    await page.ask({ type: "complete", code: "unusual_", cursor_pos: 8 });
    const sleeps = page.run("import time; time.sleep(3)", "sleeps");
    await page.until(() => page.state === "busy");
    const { content } = await page.ask({ type: "complete", code: "unusual_", cursor_pos: 8 });
    expect(content?.matches).toContain("unusual_name");
    const inspected = await page.ask({ type: "inspect", code: "len", cursor_pos: 3, detail_level: 0 });
    expect(JSON.stringify(inspected.content)).toContain("number of items");
    expect(page.state).toBe("busy");
    await sleeps;
    const complete = await page.ask({ type: "is_complete", code: "for i in range(3):" });
    expect(complete.content).toMatchObject({ status: "incomplete" });
  });

  it("lists variables and changes neither the count nor `_`", async () => {
    const before = await page.run("import numpy as np; array = np.zeros((3, 4)); word = 'a'; 'last'", id());
    const { content } = await page.ask({ type: "variables" });
    expect(content?.variables).toEqual(
      expect.arrayContaining([
        { name: "array", type: "ndarray", summary: "3 x 4 float64", bytes: 96 },
        { name: "word", type: "str", summary: "'a'", bytes: 1 },
      ]),
    );
    expect(JSON.stringify(content)).not.toContain('"np"');
    const after = id();
    const status = await page.run("_", after);
    expect(page.text(after)).toBe("'last'\n");
    expect(status.execution_count).toBe((before.execution_count ?? 0) + 1);
  });

  it("tells memory while somebody looks", async () => {
    const status = await page.until(() =>
      page.events.findLast((event) => event.type === "kernel" && event.memory_bytes !== undefined),
    );
    expect(status).toMatchObject({ type: "kernel", spec: "python3" });
    expect(status.type === "kernel" && status.memory_bytes).toBeGreaterThan(20_000_000);
  });
});

describe("several pages", () => {
  it("see the same queue and outputs, each item once, whenever they came", async () => {
    const execution = "shared";
    const over = page.run("import time\nfor i in range(20):\n    print(i)\n    time.sleep(0.05)", execution);
    await page.until(() => (page.outputs.get(execution)?.length ?? 0) > 3);
    const other = node.page({ notebook: "n1" });
    await other.until(() => other.executions.has(execution));
    expect(other.executions.get(execution)).toMatchObject({ state: "running" });
    other.tell({ type: "outputs", execution, from: 0 });
    await Promise.all([over, other.over(execution)]);
    expect(other.text(execution)).toBe(page.text(execution));
    expect(other.text(execution)).toBe(`${Array.from({ length: 20 }, (_, i) => i).join("\n")}\n`);
    other.channel.close();
  });

  it("may do only what their rights say, request by request", async () => {
    const guest = { userId: "g", role: "guest", rights: ["view", "comment", "edit"] };
    const other = node.page({ notebook: "n1" }, guest);
    await other.until(() => other.executions.has("shared"));
    other.tell({ type: "outputs", execution: "shared", from: 0 });
    await other.over("shared");
    const refused = [
      { type: "execute", items: [{ execution: "no", cell: "c", code: "1" }] },
      { type: "interrupt" },
      { type: "restart" },
      { type: "shutdown" },
      { type: "variables" },
      { type: "complete", code: "a", cursor_pos: 1 },
      { type: "start", spec: "python3" },
    ] as const;
    for (const request of refused) expect((await other.ask(request)).error?.code).toBe("forbidden");
    other.channel.close();
  });

  it("are not let in without the relay's word for this very notebook", async () => {
    const strangers = [
      { ...ALICE, scope: "" },
      { ...ALICE, scope: "notebook:n2" },
      { ...ALICE, scope: "session:n1" },
      { userId: "", role: "", rights: [], scope: "" },
    ];
    for (const stranger of strangers) {
      const { code } = await node.page({ notebook: "n1" }, stranger).channel.closed;
      expect(code).toBe("not_found");
    }
    const guest = { userId: "g", role: "guest", rights: ["view", "run"], scope: "" };
    expect((await node.page({ notebook: "", fresh: true }, guest).channel.closed).code).toBe("not_found");
    expect((await page.ask({ type: "outputs", execution: "never-run", from: 0 })).error?.code).toBe(
      "not_found",
    );
    expect(
      (await page.ask({ type: "execute", items: [{ execution: "../x", cell: "c", code: "" }] })).error?.code,
    ).toBe("invalid");
  });
});

describe("a process of its own", () => {
  it("ends with its channel and shares nothing with a notebook", async () => {
    const fresh = node.page({ notebook: "", fresh: true });
    await fresh.run("print('array' in globals())", "f1");
    expect(fresh.text("f1")).toBe("False\n");
    fresh.channel.close();
    expect(await page.run("1", id())).toMatchObject({ state: "done" });
  });
});
