/** The device of a GPU test, opened once per test file by whatever the test's setup file registered. */

interface Opened {
  readonly device: GPUDevice;
  dispose(): void;
}

let opened: Promise<Opened> | undefined;

/** The test's GPU device. @throws when the tests were started without the GPU configuration */
export async function testDevice(): Promise<GPUDevice> {
  const open = (globalThis as { eyepieceOpenGpu?: () => Promise<Opened> }).eyepieceOpenGpu;
  if (open === undefined)
    throw new Error("Run GPU tests with: vitest run --config gpu-node/vitest.gpu.config.ts");
  opened ??= open();
  return (await opened).device;
}
