/** This browser's GPU for the engine. */
import { adapterName, isSoftware } from "../worker/adapter.ts";

/** What the engine uses where it is there. */
const WANTED: readonly GPUFeatureName[] = ["float32-filterable", "texture-formats-tier1" as GPUFeatureName];
const RAISED = [
  "maxTextureDimension2D",
  "maxTextureDimension3D",
  "maxBufferSize",
  "maxStorageBufferBindingSize",
] as const;

/** An adapter that may draw. */
export interface HereAdapter {
  readonly adapter: GPUAdapter;
  readonly name: string;
  /** It computes on the CPU. */
  readonly software: boolean;
}

/** The adapter of this browser; undefined where WebGPU is missing. */
export async function findAdapter(): Promise<HereAdapter | undefined> {
  const gpu: GPU | undefined = navigator.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return undefined;
  return { adapter, name: adapterName(adapter.info), software: isSoftware(adapter.info) };
}

/** Opens a device for the engine. An adapter gives one device: find it again for another. @throws what the browser says */
export function openDevice({ adapter }: HereAdapter): Promise<GPUDevice> {
  const limits: Record<string, number> = {};
  for (const name of RAISED) limits[name] = adapter.limits[name];
  return adapter.requestDevice({
    label: "eyepiece here",
    requiredFeatures: WANTED.filter((name) => adapter.features.has(name)),
    requiredLimits: limits,
  });
}
