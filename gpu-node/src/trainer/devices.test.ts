import { expect, test } from "vitest";
import { cudaVisible, jobDevices, parseDevices } from "./devices.ts";

test("GPUs are read from what nvidia-smi prints, and nothing else is", () => {
  const text =
    "0, GPU-aa, NVIDIA H100 80GB HBM3, 81559\n1, GPU-bb, NVIDIA H100 80GB HBM3, [N/A]\nNo devices were found\n";
  const devices = parseDevices(text, true);
  expect(devices.map(({ id, bytes, cuda }) => [id, bytes, cuda])).toEqual([
    ["gpu0", 81559 * 1024 ** 2, "GPU-aa"],
    ["cuda1", 0, "GPU-bb"],
  ]);
  expect(cudaVisible(devices, ["cuda1", "gpu0", "gone"])).toBe("GPU-bb,GPU-aa");
  // Where viewers draw on the CPU, its ledger entry is none of CUDA's.
  expect(parseDevices(text, false).map(({ id }) => id)).toEqual(["cuda0", "cuda1"]);
});

test("fake GPUs can be leased, and CUDA sees none of them", async () => {
  const devices = await jobDevices({ EYEPIECE_FAKE_GPUS: "4" }, true);
  expect(devices.map(({ id }) => id)).toEqual(["fake-0", "fake-1", "fake-2", "fake-3"]);
  expect(cudaVisible(devices, ["fake-1"])).toBe("");
});
