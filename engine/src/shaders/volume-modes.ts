/** WGSL of a volume's renderings: what each does with the samples of a ray. */
import type { Rendering } from "@eyepiece/protocol/scene/schema.ts";

/** The colour of a surface's point: headlight, ambient 0.2, specular exponent 40, gradient over 1.5 voxels. */
export const LIGHT = /* wgsl */ `
fn lit(p: vec3f, value: f32, ray: vec3f) -> f32 {
  var normal: vec3f;
  var brightest = value;
  for (var axis = 0; axis < 3; axis++) {
    var offset = vec3f(0.0);
    offset[axis] = 1.5;
    let a = valueAt(p - offset);
    let b = valueAt(p + offset);
    normal[axis] = a - b;
    brightest = max(max(a, b), brightest);
  }
  let length2 = dot(normal, normal);
  let facing = select(0.0, abs(dot(normal, ray)) * inverseSqrt(length2), length2 > 0.0);
  return brightest * (0.2 + facing) + pow(facing, 40.0);
}
`;

/** What a rendering does along a ray. */
export interface Mode {
  readonly before: string;
  /** Uses `value`, `p`, `i`; sets `i = n` to end the ray. */
  readonly sample: string;
  /** True when samples in cells with these bounds (`m.x` least, `m.y` greatest) cannot change anything. */
  readonly skip: string;
  /** Run before a leap of `leap` samples. */
  readonly leap?: string;
  /** A cell that is not leapt over is read to the first sample beyond it. */
  readonly beyond?: boolean;
  /** Leaves `color`, and `hit` for the depth. */
  readonly after: string;
}

export const MODES: Record<Rendering, Mode> = {
  mip: {
    before: "var best = u.rules.x; var bestAt = -1.0;",
    sample: `if (value > best) { best = value; bestAt = i; if (best >= u.limits.y) { i = n; } }`,
    skip: "m.y <= best || m.y < bound",
    after: `if (bestAt < 0.0) { MISS }
  hit = start + step * (bestAt - 0.5);
  let fineStart = hit;
  for (var k = 0; k < 10; k++) {
    let p = fineStart + step * (0.1 * f32(k));
    let value = valueAt(p);
    if (value > best) { best = value; hit = p; }
  }
  color = colorOf(best);`,
  },
  minip: {
    before: "var best = u.rules.x; var bestAt = -1.0;",
    sample: `if (value < best) { best = value; bestAt = i; if (best <= u.limits.x) { i = n; } }`,
    skip: "m.x >= best || m.x > bound",
    after: `if (bestAt < 0.0) { MISS }
  hit = start + step * (bestAt - 0.5);
  let fineStart = hit;
  for (var k = 0; k < 10; k++) {
    let p = fineStart + step * (0.1 * f32(k));
    let value = valueAt(p);
    if (value < best) { best = value; hit = p; }
  }
  color = colorOf(best);`,
  },
  attenuated_mip: {
    before: `var best = u.rules.x; var sum = 0.0; var scale = exp(u.rules.z); var found = false;`,
    sample: `sum += 0.8 * clamp((value - u.limits.x) / (u.limits.y - u.limits.x), 0.0, 1.0);
      scale = exp(-u.rules.z * (sum - 1.0));
      if (best > scale * u.limits.y) { i = n; }
      else if (value * scale > best) { best = value * scale; hit = p; found = true; }`,
    // Such samples add nothing to the sum, so the scale stays what it is.
    skip: "m.y <= u.limits.x && m.y * scale <= best",
    after: "if (!found) { MISS }\n  color = colorOf(best);",
  },
  translucent: {
    before: "var sum = vec4f(0.0);",
    sample: `let c = colorOf(value);
      let a1 = sum.a;
      let a2 = c.a * (1.0 - a1);
      let alpha = max(a1 + a2, 0.001);
      sum = sum * (a1 / alpha) + c * (a2 / alpha);
      sum.a = alpha;
      if (alpha > 0.99) { i = n; }`,
    skip: "m.y <= u.planeNormal.w && u.first.a == 0.0",
    leap: "sum.a = max(sum.a, 0.001);",
    after: "color = sum;",
  },
  additive: {
    before: "var sum = vec4f(0.0);",
    sample: "sum = 1.0 - (1.0 - sum) * (1.0 - colorOf(value));",
    skip: "m.y <= u.planeNormal.w && all(u.first.rgb == vec3f(0.0))",
    leap: "sum.a = 1.0 - (1.0 - sum.a) * pow(1.0 - u.first.a, leap);",
    after: "color = sum;",
  },
  average: {
    before: "var mean = 0.0; var counted = 0.0;",
    sample: "counted += 1.0; mean += (value - mean) / counted;",
    skip: "m.x == m.y",
    leap: "mean = (mean * counted + m.x * leap) / (counted + leap); counted += leap;",
    after: "color = colorOf(mean);",
  },
  iso: {
    before: "var found = false;",
    sample: `if (value > u.rules.y - 0.2) {
        for (var k = 0; k < 10; k++) {
          let q = p + step * (0.1 * f32(k) - 1.0);
          let fine = valueAt(q);
          if (fine > u.rules.y) {
            color = colorOf(lit(q, fine, ray));
            hit = q; found = true; i = n;
            break;
          }
        }
      }`,
    skip: "m.y <= u.rules.y",
    // The fine samples of the first sample beyond a cell lie partly in it.
    beyond: true,
    after: "if (!found) { MISS }",
  },
};

/**
 * Volumes of colours, which napari cannot show in 3D: each mode goes by how bright a sample is (its greatest channel), and shows the colour of the
 * sample that it finds; sums are sums of colours, as opaque as they are bright.
 */
export const RGB_MODES: Record<Rendering, Mode> = {
  mip: {
    ...MODES.mip,
    after: "if (bestAt < 0.0) { MISS }\n  hit = start + step * bestAt;\n  color = rgbAt(hit);",
  },
  minip: {
    ...MODES.minip,
    after: "if (bestAt < 0.0) { MISS }\n  hit = start + step * bestAt;\n  color = rgbAt(hit);",
  },
  attenuated_mip: {
    ...MODES.attenuated_mip,
    after:
      "if (!found) { MISS }\n  let full = rgbAt(hit);\n  color = vec4f(full.rgb * min(1.0, scale), full.a);",
  },
  translucent: {
    ...MODES.translucent,
    sample: MODES.translucent.sample.replace("colorOf(value)", "vec4f(rgbAt(p).rgb, value)"),
  },
  additive: {
    ...MODES.additive,
    sample: MODES.additive.sample.replace("colorOf(value)", "rgbAt(p) * value"),
  },
  average: {
    ...MODES.average,
    before: "var mean = vec4f(0.0); var counted = 0.0;",
    sample: "counted += 1.0; mean += (rgbAt(p) - mean) / counted;",
    after: "color = mean;",
  },
  iso: {
    ...MODES.iso,
    sample: MODES.iso.sample.replace(
      "colorOf(lit(q, fine, ray))",
      "vec4f(rgbAt(q).rgb * lit(q, fine, ray) / max(fine, 1e-6), 1.0)",
    ),
  },
};

/** Reads a colour. */
export const RGB_AT = /* wgsl */ `
fn rgbAt(p: vec3f) -> vec4f {
  return textureLoad(data, clamp(vec3i(floor(p)), vec3i(0), vec3i(u.shape.xyz) - 1), 0);
}
`;

/** Modes that draw something for every ray that meets a kept sample; the others draw only what they find. */
export const ACCUMULATES: ReadonlySet<Rendering> = new Set<Rendering>(["translucent", "additive", "average"]);
