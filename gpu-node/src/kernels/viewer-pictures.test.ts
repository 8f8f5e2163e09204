import type { Output } from "@eyepiece/protocol/kernel/outputs.ts";
import { expect, test } from "vitest";
import { VIEWER_MIME, withPictures } from "./viewer-pictures.ts";

const shown = (session: string, more: Record<string, unknown> = {}): Output => ({
  ...{ output_type: "display_data", metadata: {} },
  data: { "text/plain": "<Viewer>", [VIEWER_MIME]: { session, title: "V" }, ...more },
});

test("gives each viewer the picture of its session, drawn once, and leaves the rest as it is", async () => {
  const asked: string[] = [];
  const outputs: Output[] = [
    { output_type: "stream", name: "stdout", text: "1\n" },
    shown("a"),
    shown("a"),
    shown("of another"),
    shown("broken"),
    shown("b", { "image/png": "kept" }),
    { output_type: "display_data", metadata: {}, data: { [VIEWER_MIME]: "no session" } },
  ];
  const kept = await withPictures(outputs, (session) => {
    asked.push(session);
    if (session === "of another") return undefined;
    if (session === "broken") return Promise.reject(new Error("The GPU is full."));
    return Promise.resolve(new TextEncoder().encode(session));
  });
  expect(asked).toEqual(["a", "of another", "broken"]);
  const picture = Buffer.from("a").toString("base64");
  const { output_type, metadata } = { output_type: "display_data" as const, metadata: {} };
  const viewer = { "text/plain": "<Viewer>", [VIEWER_MIME]: { session: "a", title: "V" } };
  expect(kept[1]).toEqual({ output_type, metadata, data: { ...viewer, "image/png": picture } });
  expect(kept[2]).toEqual(kept[1]);
  for (const same of [0, 3, 4, 5, 6]) expect(kept[same]).toEqual(outputs[same]);
});
