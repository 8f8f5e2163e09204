/** What is known of this browser's graphics adapter. */

/** Whether an adapter computes on the CPU. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const name = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`.toLowerCase();
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software/.test(name);
}

/** An adapter as its driver calls it, for people. */
export function adapterName(info: GPUAdapterInfo): string {
  const words = [info.vendor, info.architecture, info.device].filter((word) => word !== "");
  return info.description || words.join(" ") || "an unnamed adapter";
}
