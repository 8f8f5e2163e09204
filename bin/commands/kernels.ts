/** `eyepiece kernels list|stop`: kernels of notebooks on this machine. They outlive `eyepiece up` while they run something. */
import { parseArgs } from "node:util";
import {
  type KeptKernel,
  keptKernels,
  kernelsFolder,
  stopKernels,
} from "@eyepiece/gpu-node/kernels/keepers.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { home: { type: "string" } },
  });
  const [what, ...notebooks] = positionals;
  const folder = kernelsFolder(homeFolder(values.home));
  if (what === "list" && notebooks.length === 0) {
    const all = await keptKernels(folder);
    if (all.length === 0) console.error("No kernel runs here.");
    for (const kernel of all) console.log(line(kernel));
    return 0;
  }
  if (what === "stop") {
    const ended = await stopKernels(folder, notebooks.length > 0 ? notebooks : undefined);
    const missing = notebooks.filter((id) => !ended.some((kernel) => kernel.notebook === id));
    console.error(ended.length === 1 ? "1 kernel was stopped." : `${ended.length} kernels were stopped.`);
    if (missing.length > 0)
      throw new CommandError(
        `No kernel runs for ${missing.join(", ")}: \`eyepiece kernels list\` shows those that do.`,
      );
    return 0;
  }
  throw new CommandError("Use: eyepiece kernels list, or eyepiece kernels stop [NOTEBOOK...]", 2);
};

/** Notebook, kernelspec, state, cells, process and age, with tabs between. */
function line({ notebook, spec, state, cells, pid, startedMs }: KeptKernel): string {
  const age = startedMs === undefined ? "" : `${Math.round((Date.now() - startedMs) / 60_000)} min`;
  return [notebook, spec, state, `${cells} to run`, `pid ${pid}`, age].join("\t");
}
