import { describe, expect, it } from "vitest";
import { keyFigure, measured, stateWords } from "./words.ts";

describe("figures", () => {
  it("have their units", () => {
    expect(measured("memory_bytes", 942_960_640)).toBe("899.3 MiB");
    expect(measured("mfu", 0.4125)).toBe("41.25 %");
    expect(measured("flops", 1_288_490_188_800)).toBe("1.288 TFLOP");
    expect(measured("peak_flops", 137.2e9)).toBe("137.2 GFLOP/s");
    expect(measured("tokens_per_second", 20_774.8)).toBe("20,775 tokens/s");
    expect(measured("parameters", 524_288)).toBe("524,288");
    expect(measured("bits_per_byte", 0.134_445)).toBe("0.1344");
  });

  it("say most of a stage in one", () => {
    expect(keyFigure({ stage: "base", result: null })).toBe("");
    expect(keyFigure({ stage: "base", result: { bits_per_byte: 0.5 } })).toBe("0.500 bits per byte");
    expect(keyFigure({ stage: "dataset", result: { documents: 4000 } })).toBe("4,000 documents");
    const row = { text: "x", bytes: 4, tokens: 1, bytes_per_token: 4 };
    expect(keyFigure({ stage: "tokenizer", result: { compression: [row, row] } })).toBe("4 bytes a token");
  });
});

it("a stage that was made from older ones is said to be", () => {
  expect(stateWords({ state: "succeeded", stale: true })).toBe("of older stages");
  expect(stateWords({ state: "pending_pause", stale: false })).toBe("pending pause");
});
