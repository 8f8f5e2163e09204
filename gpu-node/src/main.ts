/** A node as a process: `node gpu-node/src/main.ts`, configured by one JSON argument from the command line's face. */
import { NoGpuError } from "./gpu/open.ts";
import { type NodeOptions, startNode } from "./node.ts";

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? "{}") as NodeOptions;
  const token = process.env.EYEPIECE_NODE_TOKEN ?? options.token;
  const running = await startNode({ ...options, token });
  for (const failure of running.failures) console.error(failure);
  const stop = () => {
    void running.close().finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.once("disconnect", stop);
  process.send?.({ type: "ready", name: running.name, failures: running.failures });
}

main().catch((error: unknown) => {
  // Starting again would not help where there is no GPU or encoder: 3 tells the supervisor so.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof NoGpuError ? 3 : 1;
});
