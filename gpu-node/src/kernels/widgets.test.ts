/** Widgets in a real kernel: what Output collects, and when the kernel is done with a message. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { ALICE, TestNode, type TestPage } from "./testing/kernels.ts";

let node: TestNode;
let page: TestPage;
beforeAll(async () => {
  node = new TestNode();
  // The first run on a machine makes the environment.
  page = node.page({ notebook: "n1" }, ALICE);
  await page.run("import ipywidgets as w", "warm-up", 240_000);
}, 240_000);
afterAll(async () => {
  await node.end();
});

/** Contents of the comm messages for one widget so far. */
function told(comm: string): Record<string, unknown>[] {
  return page.events.flatMap((event) =>
    event.type === "comm" && event.content.comm_id === comm ? [event.content] : [],
  );
}

/** Id of a widget that was made, by the name of its model. */
function made(model: string): string {
  const opened = page.events.flatMap((event) =>
    event.type === "comm" &&
    event.msg_type === "comm_open" &&
    JSON.stringify(event.content).includes(`"${model}"`)
      ? [String(event.content.comm_id)]
      : [],
  );
  return opened.at(-1) ?? "";
}

it("shows what Output collects in order, keeps it in the kernel, and out of the log", async () => {
  await page.run(
    `out = w.Output()
button = w.Button()
count = 0
@button.on_click
def clicked(_):
    global count
    count += 1
    with out:
        out.clear_output()
        print("click", count)
with out:
    print("in the cell")
print("beside")`,
    "make",
  );
  expect(page.text("make")).toBe("beside\n");
  const out = made("OutputModel");
  const button = made("ButtonModel");
  for (let i = 1; i <= 20; i++)
    page.tell({
      type: "comm",
      msg_type: "comm_msg",
      content: { comm_id: button, data: { method: "custom", content: { event: "click" } } },
      msg_id: `click-${i}`,
    });
  await page.until(() =>
    page.events.find((event) => event.type === "comm_done" && event.msg_id === "click-20"),
  );
  await page.run("print(len(out.outputs), out.outputs[0]['text'])", "read");
  expect(page.text("read")).toBe("1 click 20\n\n");
  await page.run("1", "later");
  const shown = told(out).flatMap((content) =>
    [...JSON.stringify(content).matchAll(/click (\d+)/g)].map((match) => Number(match[1])),
  );
  expect(shown.at(-1)).toBe(20);
  // Nothing older comes back when the kernel answers what it was told.
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(page.events.filter((event) => event.type === "comm_output")).toEqual([]);
});
