import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { vllmKnows } from "./vllm.ts";

test("models that only this project has are not given to vLLM; what is none is, and says so itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-vllm-test-"));
  const told = (config: string) => {
    writeFileSync(join(folder, "config.json"), config);
    return vllmKnows(folder);
  };
  expect(['{"model_type": "nanochat_gpt"}', '{"model_type": "llama"}', "{", "null"].map(told)).toEqual([
    ...[false, true, true, true],
  ]);
  rmSync(folder, { recursive: true });
});
