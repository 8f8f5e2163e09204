/** napari's blending as GPU state. */
import type { Blending, Layer } from "@eyepiece/protocol/scene/schema.ts";

/** How a layer meets what is below it: its blending, or the rule for the first visible one. */
/** "gathered": a layer whose items have already met; alpha is the share of what is below that stays. */
export type BlendRule = Blending | "first_minimum" | "first_additive" | "gathered";

/** The first visible layer of a canvas (or grid cell) meets only the background, by rules of its own; shapes keep theirs. */
export function blendRule({ type, blending }: Pick<Layer, "type" | "blending">, first: boolean): BlendRule {
  if (!first || type === "shapes") return blending;
  if (blending === "minimum") return "first_minimum";
  if (blending === "additive") return "first_additive";
  return "translucent";
}

/** Only these two compare depths. */
export function testsDepth(blending: Blending): boolean {
  return blending === "opaque" || blending === "translucent";
}

const OVER: GPUBlendComponent = { srcFactor: "one", dstFactor: "one", operation: "add" };

/** The GPU's blend state; undefined replaces what is below. */
export function blendState(rule: BlendRule): GPUBlendState | undefined {
  const add = (srcFactor: GPUBlendFactor, dstFactor: GPUBlendFactor): GPUBlendState => ({
    color: { srcFactor, dstFactor, operation: "add" },
    alpha: OVER,
  });
  switch (rule) {
    case "translucent":
    case "translucent_no_depth":
      return add("src-alpha", "one-minus-src-alpha");
    case "additive":
      return add("src-alpha", "dst-alpha");
    case "multiplicative":
      return add("dst", "zero");
    case "minimum": {
      const least: GPUBlendComponent = { srcFactor: "one", dstFactor: "one", operation: "min" };
      return { color: least, alpha: least };
    }
    case "first_minimum":
      return add("one", "zero");
    case "first_additive":
      return add("src-alpha", "zero");
    case "gathered":
      return {
        color: { srcFactor: "one", dstFactor: "src-alpha", operation: "add" },
        alpha: { srcFactor: "zero", dstFactor: "one", operation: "add" },
      };
    case "opaque":
      return undefined;
  }
}
