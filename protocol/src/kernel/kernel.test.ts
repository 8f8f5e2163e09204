import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChannelError } from "../wire/errors.ts";
import {
  decodeKernel,
  encodeKernel,
  type KernelEvent,
  type KernelRequest,
  type OutputItem,
} from "./messages.ts";
import { applyOutput, NO_OUTPUTS, reduceItems, reduceOutputs, terminalText } from "./outputs.ts";

const stream = (text: string, name: "stdout" | "stderr" = "stdout"): OutputItem => ({
  op: "stream",
  name,
  text,
});

describe("kernel messages", () => {
  it("come back as they were, with their buffers", () => {
    const message: KernelRequest = {
      type: "comm",
      msg_type: "comm_msg",
      content: { comm_id: "ü", data: [1] },
    };
    const buffers = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(9)];
    const back = decodeKernel<KernelRequest>(encodeKernel(message, 7, buffers));
    expect(back.message).toEqual(message);
    expect(back.id).toBe(7);
    expect(back.buffers.map((one) => [...one])).toEqual([[1, 2, 3], [], [9]]);
  });

  it("throw only the protocol's error for any bytes", () => {
    const head = fc.constantFrom(
      "",
      "{}",
      '{"type":1}',
      '{"type":"x","buffers":[9e9]}',
      "[",
      '{"type":"x","id":-1}',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.tuple(head, fc.uint8Array({ maxLength: 8 })).map(([json, rest]) => {
        const text = new TextEncoder().encode(json);
        return Uint8Array.of(text.length, 0, 0, 0, ...text, ...rest);
      }),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          decodeKernel<KernelEvent>(input);
        } catch (cause) {
          expect(cause).toBeInstanceOf(ChannelError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("outputs", () => {
  it("join streams of one name and show what a terminal would", () => {
    const items = [stream("a\n10%"), stream("\r20%"), stream("\r100%\n"), stream("e", "stderr"), stream("b")];
    expect(reduceOutputs(items)).toEqual([
      { output_type: "stream", name: "stdout", text: "a\n100%\n" },
      { output_type: "stream", name: "stderr", text: "e" },
      { output_type: "stream", name: "stdout", text: "b" },
    ]);
    expect(terminalText("abc\rX")).toBe("Xbc");
    expect(terminalText("abc\b\bX")).toBe("aXc");
    expect(terminalText("long line\r\u001b[Kshort")).toBe("short");
    expect(terminalText("a\r\nb")).toBe("a\nb");
  });

  it("clear at once, or when the next output comes", () => {
    const shown = { op: "display", data: { "text/plain": "1" }, metadata: {} } as const;
    expect(reduceOutputs([stream("a"), { op: "clear", wait: false }])).toEqual([]);
    const waiting = reduceItems([stream("a"), { op: "clear", wait: true }]);
    expect(waiting.outputs).toHaveLength(1);
    expect(applyOutput(waiting, shown).outputs.map((live) => live.output.output_type)).toEqual([
      "display_data",
    ]);
    expect(applyOutput(waiting, stream("b")).outputs.map((live) => live.output)).toEqual([
      { output_type: "stream", name: "stdout", text: "b" },
    ]);
  });

  it("change displays by their id, in place", () => {
    const state = reduceItems([
      { op: "display", data: { "text/plain": "1" }, metadata: {}, display_id: "d" },
      stream("x"),
      { op: "update", display_id: "d", data: { "text/plain": "2" }, metadata: {} },
    ]);
    expect(state.outputs.map((live) => live.key)).toEqual([0, 1]);
    expect(state.outputs[0]?.output).toMatchObject({
      output_type: "display_data",
      data: { "text/plain": "2" },
    });
  });

  it("are the same however the log is cut into pieces", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "\b"), maxLength: 8 });
    const item = fc.oneof(
      text.map((one) => stream(one)),
      text.map((one) => stream(one, "stderr")),
      fc.boolean().map((wait): OutputItem => ({ op: "clear", wait })),
      fc.constant<OutputItem>({ op: "display", data: {}, metadata: {}, display_id: "d" }),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const one = items.reduce(applyOutput, NO_OUTPUTS);
        expect(reduceItems(items).outputs).toEqual(one.outputs);
      }),
    );
  });
});
