import type { KernelStatus } from "@eyepiece/protocol/kernel/messages.ts";
import { signal } from "@preact/signals-core";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { KernelLink } from "../kernel-client.ts";
import { type WidgetFrame, WidgetHub, type WidgetKernel } from "./hub.ts";
import { FromFrame, type ToFrame } from "./messages.ts";
import { modelsOf, withBuffers } from "./states.ts";

type Sent = Parameters<WidgetKernel["comm"]>;

/** A kernel's client whose other side is the test. */
function kernelSide() {
  const status = signal<KernelStatus | undefined>(undefined);
  const state = signal<KernelLink>({ state: "open", reason: "" });
  const sent: Sent[] = [];
  const kernel: WidgetKernel = {
    status,
    state,
    comm: (...message) => void sent.push(message),
    onComm: () => {},
    onCommOutput: () => {},
    onCommDone: () => {},
  };
  const life = (started_ms: number) => {
    status.value = { type: "kernel", state: "idle", spec: "python3", specs: [], started_ms };
  };
  life(1);
  return { kernel, sent, state, life };
}

function frame(hub: WidgetHub, ...models: readonly string[]) {
  const got: ToFrame[] = [];
  const printed: unknown[] = [];
  const made: WidgetFrame = {
    send: (message) => void got.push(message),
    printed: (item) => void printed.push(item),
  };
  hub.join(made);
  for (const model of models) hub.heard(made, { type: "ask", model });
  got.length = 0;
  return { made, got, printed };
}

const open = (comm_id: string, state: Record<string, unknown>) =>
  ({
    type: "comm",
    msg_type: "comm_open",
    content: { comm_id, target_name: "jupyter.widget", data: { state } },
    buffers: [],
  }) as const;

const says = (comm_id: string, data: Record<string, unknown>, parent_id = "") =>
  ({ type: "comm", msg_type: "comm_msg", content: { comm_id, data }, parent_id, buffers: [] }) as const;

const change = (comm: string, value: number, message: string): Extract<FromFrame, { type: "comm" }> => ({
  type: "comm",
  comm,
  kind: "comm_msg",
  data: { method: "update", state: { value } },
  buffers: [],
  message,
});

describe("the hub", () => {
  it("gives a change of one frame to the others and to the kernel, and its echo to that frame only", () => {
    const { kernel, sent } = kernelSide();
    const hub = new WidgetHub(kernel, () => true);
    kernel.onComm(open("m", { value: 1 }));
    const a = frame(hub, "m");
    const b = frame(hub, "m");
    hub.heard(a.made, change("m", 2, "x1"));
    expect(sent.at(-1)?.[0]).toMatchObject({ msg_type: "comm_msg", msg_id: "x1", content: { comm_id: "m" } });
    expect(b.got).toMatchObject([{ type: "comm", data: { state: { value: 2 } } }]);
    expect(a.got).toEqual([]);
    kernel.onComm(says("m", { method: "echo_update", state: { value: 2 } }, "x1"));
    expect(a.got).toMatchObject([{ data: { method: "echo_update" }, message: "x1" }]);
    expect(b.got).toHaveLength(1);
    kernel.onComm(says("m", { method: "echo_update", state: { value: 7 } }, "of another page"));
    expect(b.got.at(-1)).toMatchObject({ data: { state: { value: 7 } } });
    kernel.onCommDone("x1");
    expect(a.got.at(-1)).toEqual({ type: "done", message: "x1" });
    kernel.onComm({ type: "comm", msg_type: "comm_close", content: { comm_id: "m" }, buffers: [] });
    expect(b.got.at(-1)).toMatchObject({ kind: "comm_close" });
    expect(hub.presence("m")).toBe("closed");
    kernel.onCommOutput("x1", { op: "stream", name: "stdout", text: "hi" });
    expect([a.printed.length, b.printed.length]).toEqual([1, 0]);
    hub.dispose();
  });

  it("begins a later frame with the newest state, and passes nothing on for comms that a frame did not ask for", () => {
    const { kernel, sent } = kernelSide();
    const hub = new WidgetHub(kernel, () => true);
    kernel.onComm(open("m", { _model_name: "IntSliderModel", value: 1, other: "IPY_MODEL_x" }));
    kernel.onComm(open("secret", { value: 1 }));
    kernel.onComm(says("m", { method: "update", state: { value: 5 } }));
    const a = frame(hub);
    hub.heard(a.made, change("m", 9, "y1"));
    hub.heard(a.made, change("nothing", 9, "y2"));
    expect(sent).toEqual([]);
    hub.heard(a.made, { type: "ask", model: "m" });
    expect(a.got).toMatchObject([{ type: "model", info: { name: "IntSliderModel", state: { value: 5 } } }]);
    hub.heard(a.made, change("secret", 9, "y3"));
    expect(sent).toEqual([]);
    hub.heard(a.made, { type: "ask", model: "gone" });
    expect(a.got.at(-1)).toEqual({ type: "model", model: "gone" });
    hub.dispose();
  });

  it("asks the kernel for all models once, and forgets them with the kernel", () => {
    const { kernel, sent, life } = kernelSide();
    const hub = new WidgetHub(kernel, () => true);
    expect(hub.presence("m")).toBe("asking");
    expect(hub.presence("m")).toBe("asking");
    expect(sent.map(([message]) => message.msg_type)).toEqual(["comm_open", "comm_msg"]);
    const control = String(sent[0]?.[0].content.comm_id);
    const states = {
      m: { model_name: "M", model_module: "mod", model_module_version: "1", state: { value: 3 } },
    };
    kernel.onComm(says(control, { method: "update_states", states, buffer_paths: [] }));
    expect(hub.presence("m")).toBe("here");
    expect(hub.presence("other")).toBe("gone");
    life(2);
    expect(hub.presence("m")).toBe("asking");
    hub.dispose();
  });

  it("asks again after a broken link and tells the frames; a kernel without ipywidgets has nothing", () => {
    const { kernel, sent, state, life } = kernelSide();
    const hub = new WidgetHub(kernel, () => true);
    kernel.onComm(open("m", { value: 1 }));
    const a = frame(hub, "m");
    hub.heard(a.made, change("m", 2, "lost"));
    state.value = { state: "away", reason: "" };
    state.value = { state: "open", reason: "" };
    expect(a.got.splice(0)).toEqual([{ type: "done", message: "lost" }]);
    const control = String(sent[1]?.[0].content.comm_id);
    kernel.onComm(says(control, { method: "update_states", states: { m: { state: { value: 8 } } } }));
    expect(a.got).toMatchObject([{ data: { method: "update", state: { value: 8 } } }]);
    life(3);
    hub.presence("m");
    const { comm_id } = sent.at(-1)?.[0].content ?? {};
    kernel.onComm({ type: "comm", msg_type: "comm_close", content: { comm_id }, buffers: [] });
    expect(hub.presence("m")).toBe("gone");
    hub.dispose();
  });

  it("tells a kernel that is not known yet from one that is not there", () => {
    const { kernel, sent, state, life } = kernelSide();
    const unknown = { ...kernel, status: signal<KernelStatus | undefined>(undefined) };
    const hub = new WidgetHub(unknown, () => true);
    expect(hub.presence("m")).toBe("asking");
    state.value = { state: "away", reason: "" };
    expect(hub.presence("m")).toBe("no-kernel");
    hub.dispose();
    life(1);
    const other = new WidgetHub(
      { ...kernel, status: signal({ type: "kernel", state: "dead", spec: "python3", specs: [] } as const) },
      () => true,
    );
    expect(other.presence("m")).toBe("no-kernel");
    expect(sent).toEqual([]);
    other.dispose();
  });

  it("carries a link to the frames of its ends, before and after they have them", () => {
    const { kernel } = kernelSide();
    const hub = new WidgetHub(kernel, () => true);
    const link = (name: string) => ({
      _model_name: name,
      _model_module: "@jupyter-widgets/controls",
      source: ["IPY_MODEL_a", "value"],
      target: ["IPY_MODEL_b", "value"],
    });
    kernel.onComm(open("a", { value: 1 }));
    kernel.onComm(open("b", { value: 1 }));
    kernel.onComm(open("c", { value: 1 }));
    const source = frame(hub, "a");
    const target = frame(hub, "b");
    const other = frame(hub, "c");
    kernel.onComm(open("two-ways", link("LinkModel")));
    kernel.onComm(open("one-way", link("DirectionalLinkModel")));
    const linked = ({ got }: { got: readonly ToFrame[] }) =>
      got.map((message) => (message.type === "model" ? message.model : message.type));
    expect(linked(source)).toEqual(["two-ways", "one-way"]);
    expect(linked(target)).toEqual(["two-ways"]);
    expect(linked(other)).toEqual([]);
    const later = frame(hub);
    hub.heard(later.made, { type: "ask", model: "a" });
    expect(linked(later)).toEqual(["a", "two-ways", "one-way"]);
    hub.dispose();
  });

  it("asks nothing for someone who may not run the notebook", () => {
    const { kernel, sent } = kernelSide();
    const hub = new WidgetHub(kernel, () => false);
    expect(hub.presence("m")).toBe("refused");
    kernel.onComm(open("m", { value: 1 }));
    const a = frame(hub, "m");
    hub.heard(a.made, change("m", 2, "z"));
    expect(sent).toEqual([]);
    hub.dispose();
  });
});

describe("states", () => {
  it("puts buffers where they belong and leaves the state as it was", () => {
    const state = { a: { b: [1, null] }, c: 1 };
    const whole = withBuffers(
      state,
      [["a", "b", 1], ["d"], []],
      [new Uint8Array([5]), new Uint8Array([6, 7])],
    );
    expect(whole).toMatchObject({ a: { b: [1, new DataView(new Uint8Array([5]).buffer)] }, c: 1 });
    expect((whole.d as DataView).getUint8(1)).toBe(7);
    expect(state).toEqual({ a: { b: [1, null] }, c: 1 });
  });

  it("takes any message without throwing or touching prototypes", () => {
    const path = fc.array(fc.oneof(fc.constantFrom("__proto__", "constructor", "state", "a"), fc.nat(3)), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.object(), fc.array(path), (states, paths) => {
        modelsOf(
          { states, buffer_paths: paths },
          paths.map(() => new Uint8Array([1])),
        );
        withBuffers(
          states,
          paths,
          paths.map(() => new Uint8Array([1])),
        );
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as Record<string, unknown>).a).toBeUndefined();
      }),
    );
  });

  it("refuses what no frame says", () => {
    for (const bad of [
      undefined,
      { type: "size", height: Number.NaN },
      { type: "comm", comm: "m", kind: "comm_open", data: {}, buffers: [], message: "m1" },
      { type: "comm", comm: "m", kind: "comm_msg", data: {}, buffers: [[1]], message: "m1" },
      { type: "comm", comm: "m", kind: "comm_msg", data: {}, buffers: [], message: "a b" },
    ])
      expect(v.safeParse(FromFrame, bad).success).toBe(false);
  });
});
