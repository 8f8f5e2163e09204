/** WGSL functions run on the GPU and compared with numbers. */
import { describe, expect, test } from "vitest";
import { YUV } from "../render/nv12.ts";
import { Readback } from "../render/readback.ts";
import { testDevice } from "../testing/device.ts";
import { KERNELS } from "./kernels.ts";

/** Evaluates `expression` (a vec4f of `x`, a f32) for each input. */
async function evaluate(
  functions: string,
  expression: string,
  inputs: readonly number[],
): Promise<number[][]> {
  const device = await testDevice();
  const code = `${functions}
@group(0) @binding(0) var<storage, read> inputs: array<f32>;
@group(0) @binding(1) var<storage, read_write> outputs: array<vec4f>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = inputs[id.x];
  outputs[id.x] = ${expression};
}`;
  const pipeline = await device.createComputePipelineAsync({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }) },
  });
  const input = device.createBuffer({
    size: inputs.length * 4,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const output = device.createBuffer({
    size: inputs.length * 16,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  device.queue.writeBuffer(input, 0, new Float32Array(inputs));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer: input } },
        { binding: 1, resource: { buffer: output } },
      ],
    }),
  );
  pass.dispatchWorkgroups(inputs.length);
  pass.end();
  device.queue.submit([encoder.finish()]);
  const readback = new Readback(device);
  const floats = new Float32Array((await readback.readBuffer(output)).buffer);
  readback.dispose();
  return inputs.map((_, i) => [...floats.subarray(4 * i, 4 * i + 4)]);
}

describe("filter kernels", () => {
  test("cubic is 0.8 at a texel's centre and 0.1 beside it", async () => {
    const values = await evaluate(KERNELS, "vec4f(kernel_cubic(x))", [0, 1, 2, 0.5]);
    const total = (values[0]?.[0] ?? 0) + 2 * (values[1]?.[0] ?? 0);
    expect((values[0]?.[0] ?? 0) / total).toBeCloseTo(0.8, 5);
    expect((values[1]?.[0] ?? 0) / total).toBeCloseTo(0.1, 5);
    expect(values[2]?.[0]).toBe(0);
  });

  test("spline36 passes through its texels", async () => {
    const values = (await evaluate(KERNELS, "vec4f(kernel_spline36(x))", [0, 1, 2, 2.999999])).map(
      ([one]) => one ?? 1,
    );
    expect(values[0]).toBeCloseTo(1, 6);
    for (const value of values.slice(1)) expect(value).toBeCloseTo(0, 5);
  });

  test("kaiser and the Bessel function in it", async () => {
    const values = await evaluate(
      KERNELS,
      "vec4f(besselI0(x), kernel_kaiser(x), 0.0, 0.0)",
      [0, 0.5, 1, 6.33],
    );
    const series = (x: number): number => {
      let [sum, term] = [1, 1];
      for (let k = 1; k < 40; k++) {
        term *= (x / 2 / k) ** 2;
        sum += term;
      }
      return sum;
    };
    for (const [i, x] of [0, 0.5, 1, 6.33].entries()) {
      expect((values[i]?.[0] ?? 0) / series(x)).toBeCloseTo(1, 5);
      const expected = x < 1 ? series(6.33 * Math.sqrt(1 - x * x)) / series(6.33) : 0;
      expect(values[i]?.[1]).toBeCloseTo(expected, 5);
    }
  });
});

describe("NV12", () => {
  test("BT.709, limited range", async () => {
    const black = (await evaluate(YUV, "vec4f(toYuv(vec3f(x)), 0.0)", [0, 1])).map((row) =>
      row.map(Math.round),
    );
    expect(black[0]?.slice(0, 3)).toEqual([16, 128, 128]);
    expect(black[1]?.slice(0, 3)).toEqual([235, 128, 128]);
    const red = (await evaluate(YUV, "vec4f(toYuv(vec3f(x, 0.0, 0.0)), 0.0)", [1]))[0]?.map(Math.round);
    expect(red?.slice(0, 3)).toEqual([63, 102, 240]);
  });

  test("a picture's planes, with a width that is not a multiple of four", async () => {
    const device = await testDevice();
    const texture = device.createTexture({
      size: [6, 2],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    const [white, black, red] = [
      [255, 255, 255, 255],
      [0, 0, 0, 255],
      [255, 0, 0, 255],
    ] as const;
    const row = [...white, ...black, ...white, ...white, ...red, ...red];
    device.queue.writeTexture({ texture }, new Uint8Array([...row, ...row]), { bytesPerRow: 24 }, [6, 2]);
    const readback = new Readback(device);
    const { stride, bytes } = await readback.readNv12(texture);
    expect(stride).toBe(8);
    for (const y of [0, 1])
      expect([...bytes.subarray(8 * y, 8 * y + 6)]).toEqual([235, 16, 235, 235, 63, 63]);
    expect([...bytes.subarray(16, 22)]).toEqual([128, 128, 128, 128, 102, 240]);
    const odd = device.createTexture({
      size: [3, 2],
      format: "rgba8unorm",
      usage: GPUTextureUsage.TEXTURE_BINDING,
    });
    await expect(readback.readNv12(odd)).rejects.toThrow(RangeError);
    readback.dispose();
  });
});
