/** Opens the adapter of this environment and prints what it is as one line of JSON: run in a process of its own. */
import { openGpu } from "./open.ts";

const gpu = await openGpu();
process.stdout.write(`${JSON.stringify(gpu.info)}\n`);
gpu.dispose();
