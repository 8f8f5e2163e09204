import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JupyterMessage } from "./jupyter-message.ts";
import { OutputWidgets } from "./output-widgets.ts";

type Json = Readonly<Record<string, unknown>>;

const message = (msg_type: string, content: Json, parent = "cell-1"): JupyterMessage => ({
  ...{ header: { msg_id: "id", msg_type }, parent, metadata: {}, content, buffers: [] },
});
const opened = (comm_id: string) =>
  message("comm_open", { comm_id, data: { state: { _model_name: "OutputModel", msg_id: "", outputs: [] } } });
const collects = (comm_id: string, msg_id: string) =>
  message("comm_msg", { comm_id, data: { method: "update", state: { msg_id } } });
const prints = (text: string, parent = "cell-1") => message("stream", { name: "stdout", text }, parent);

function outputsOf(content: Json | undefined): unknown {
  return (content as { data: { state: { outputs: unknown } } } | undefined)?.data.state.outputs;
}

describe("Output widgets", () => {
  let shown: Json[];
  let kept: Json[];
  let widgets: OutputWidgets;

  beforeEach(() => {
    vi.useFakeTimers();
    shown = [];
    kept = [];
    widgets = new OutputWidgets({
      show: (content) => shown.push(content),
      keep: (content) => {
        kept.push(content);
        return `own-${kept.length}`;
      },
    });
  });
  afterEach(() => vi.useRealTimers());

  it("collect what is printed while they hold the message's name, and nothing else", () => {
    widgets.comm(opened("w"));
    expect(widgets.takes(prints("before"))).toBe(false);
    widgets.comm(collects("w", "cell-1"));
    expect(widgets.takes(prints("one\n"))).toBe(true);
    expect(widgets.takes(prints("two\n"))).toBe(true);
    expect(widgets.takes(prints("of another", "cell-2"))).toBe(false);
    expect(widgets.takes(message("status", { execution_state: "busy" }))).toBe(false);
    widgets.comm(collects("w", ""));
    expect(widgets.takes(prints("after"))).toBe(false);
    const outputs = [{ output_type: "stream", name: "stdout", text: "one\ntwo\n" }];
    expect(outputsOf(shown.at(-1))).toEqual(outputs);
    expect(outputsOf(kept.at(-1))).toEqual(outputs);
    // The kernel tells all pages what it was told, which they have.
    const echo = { comm_id: "w", data: { method: "echo_update", state: { outputs } } };
    const again = { comm_id: "w", data: { method: "update", state: { outputs } } };
    expect(widgets.comm(message("comm_msg", again, "own-1"))).toBe(false);
    expect(widgets.comm(message("comm_msg", echo, "own-1"))).toBe(false);
    expect(widgets.comm(message("comm_msg", echo, "of a page"))).toBe(true);
  });

  it("tell the pages at most every so often, and are cleared when the next output comes", () => {
    widgets.comm(opened("w"));
    widgets.comm(collects("w", "cell-1"));
    for (let i = 0; i < 100; i++) widgets.takes(prints(`${i}\n`));
    vi.advanceTimersByTime(1000);
    expect(shown).toHaveLength(1);
    widgets.takes(message("clear_output", { wait: true }));
    vi.advanceTimersByTime(1000);
    expect(JSON.stringify(outputsOf(shown.at(-1)))).toContain("99");
    widgets.takes(prints("new"));
    vi.advanceTimersByTime(1000);
    expect(outputsOf(shown.at(-1))).toEqual([{ output_type: "stream", name: "stdout", text: "new" }]);
  });

  it("nest: the last that began has it; what code sets itself stays", () => {
    widgets.comm(opened("outer"));
    widgets.comm(opened("inner"));
    widgets.comm(collects("outer", "cell-1"));
    widgets.comm(collects("inner", "cell-1"));
    widgets.takes(prints("in"));
    widgets.comm(collects("inner", ""));
    widgets.takes(prints("out"));
    vi.advanceTimersByTime(1000);
    expect(shown.map((content) => [content.comm_id, outputsOf(content)])).toEqual([
      ["inner", [{ output_type: "stream", name: "stdout", text: "in" }]],
      ["outer", [{ output_type: "stream", name: "stdout", text: "out" }]],
    ]);
    const outputs = [{ output_type: "stream", name: "stdout", text: "set\n" }];
    widgets.comm(message("comm_msg", { comm_id: "outer", data: { method: "update", state: { outputs } } }));
    widgets.takes(prints("more"));
    vi.advanceTimersByTime(1000);
    expect(outputsOf(shown.at(-1))).toEqual([{ output_type: "stream", name: "stdout", text: "set\nmore" }]);
  });

  it("have in the kernel what its code set last, whatever it was told meanwhile", () => {
    const clears = { comm_id: "w", data: { method: "update", state: { outputs: [] } } };
    widgets.comm(opened("w"));
    widgets.comm(collects("w", "cell-1"));
    widgets.takes(prints("one"));
    widgets.comm(collects("w", ""));
    widgets.comm(message("comm_msg", clears));
    expect(kept.map(outputsOf)).toEqual([[{ output_type: "stream", name: "stdout", text: "one" }], []]);
    const told = (outputs: unknown, parent: string) =>
      widgets.comm(
        message("comm_msg", { comm_id: "w", data: { method: "update", state: { outputs } } }, parent),
      );
    expect(told(outputsOf(kept[0]), "own-1")).toBe(false);
    expect(told([], "own-2")).toBe(false);
    expect(widgets.comm(message("comm_msg", clears))).toBe(true);
    expect(kept).toHaveLength(2);
  });

  it("keep the end of a flood", () => {
    widgets.comm(opened("w"));
    widgets.comm(collects("w", "cell-1"));
    for (let i = 0; i < 5000; i++) widgets.takes(prints(`${"x".repeat(99)}\n`));
    widgets.takes(prints("the end"));
    vi.advanceTimersByTime(1000);
    const sent = JSON.stringify(shown.at(-1));
    expect(sent.length).toBeLessThan(300_000);
    expect(sent).toContain("the end");
  });
});
