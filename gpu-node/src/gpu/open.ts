import { create, globals } from "webgpu";

/** What draws. */
export type GpuKind = "gpu" | "lavapipe" | "swiftshader";
export const GPU_KINDS: readonly GpuKind[] = ["gpu", "lavapipe", "swiftshader"];

/** What is known of an adapter. */
export interface GpuInfo {
  /** As the driver calls it. */
  readonly name: string;
  readonly kind: GpuKind;
  /** Vendor and architecture, as WebGPU tells them. */
  readonly driver: string;
  /** Features that the device was opened with. */
  readonly features: readonly string[];
  /** The Vulkan driver files that the loader was told to use; empty: its own search. */
  readonly vulkan: string;
  readonly limits: { readonly maxTextureDimension2D: number; readonly maxTextureDimension3D: number };
}

/** An open device. Dispose it before the process ends. */
export interface OpenGpu {
  readonly device: GPUDevice;
  readonly info: GpuInfo;
  dispose(): void;
}

/** There is no adapter that can be used; the message says what to do. */
export class NoGpuError extends Error {
  override readonly name = "NoGpuError";
}

/** The engine uses each of these where it is present and works without it. */
const WANTED: readonly string[] = [
  "float32-filterable",
  "texture-formats-tier1",
  "timestamp-query",
  "shader-f16",
  "subgroups",
];

const RAISED = [
  "maxTextureDimension2D",
  "maxTextureDimension3D",
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
] as const;

// Dawn crashes when the instance is collected before the process ends.
const instances: GPU[] = [];

function instance(): GPU {
  let gpu = instances[0];
  if (gpu === undefined) {
    Object.assign(globalThis, globals);
    // Timestamps are rounded to 100 microseconds otherwise.
    gpu = create(["enable-dawn-features=allow_unsafe_apis", "disable-dawn-features=timestamp_quantization"]);
    instances.push(gpu);
  }
  return gpu;
}

function kindOf(info: GPUAdapterInfo): GpuKind {
  const words = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`.toLowerCase();
  if (words.includes("swiftshader")) return "swiftshader";
  if (words.includes("llvmpipe") || words.includes("lavapipe")) return "lavapipe";
  return "gpu";
}

/**
 * Opens the adapter that this process's environment leads to (see `gpuEnvironment`).
 * @throws NoGpuError when there is none
 */
export async function openGpu(): Promise<OpenGpu> {
  const adapter = await instance().requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    throw new NoGpuError("No graphics adapter was found in this process: start it with gpuEnvironment().");
  }
  const features = WANTED.filter((name) => adapter.features.has(name)) as GPUFeatureName[];
  const limits: Record<string, number> = {};
  for (const name of RAISED) limits[name] = adapter.limits[name];
  const device = await adapter.requestDevice({
    label: "eyepiece",
    requiredFeatures: features,
    requiredLimits: limits,
  });
  const { info } = adapter;
  return {
    device,
    info: {
      name: info.description || info.device || info.vendor || "unknown",
      kind: kindOf(info),
      driver: [info.vendor, info.architecture, info.device].filter((word) => word !== "").join(" "),
      features,
      vulkan: process.env.VK_ICD_FILENAMES ?? "",
      limits: {
        maxTextureDimension2D: device.limits.maxTextureDimension2D,
        maxTextureDimension3D: device.limits.maxTextureDimension3D,
      },
    },
    dispose: () => device.destroy(),
  };
}
