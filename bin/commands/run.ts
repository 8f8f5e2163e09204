/** `eyepiece run NOTEBOOK.ipynb --out F.ipynb`: 0 done, 1 a cell failed, 2 it cannot be run. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { Environments } from "@eyepiece/gpu-node/kernels/environment/environments.ts";
import { type RunResult, runNotebook } from "@eyepiece/gpu-node/kernels/headless/run-notebook.ts";
import { KernelSpecs } from "@eyepiece/gpu-node/kernels/specs.ts";
import { parseNotebook, serialiseNotebook } from "@eyepiece/protocol/notebook/nbformat.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      home: { type: "string" },
      timeout: { type: "string" },
      kernel: { type: "string" },
      "allow-errors": { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1 || !values.out) {
    throw new CommandError("Use: eyepiece run NOTEBOOK.ipynb --out FILE.ipynb", 2);
  }
  const seconds = values.timeout === undefined ? undefined : Number(values.timeout);
  if (seconds !== undefined && !(seconds > 0)) {
    throw new CommandError(
      `${values.timeout} is no time: --timeout takes the seconds that a cell may run.`,
      2,
    );
  }
  const out = resolve(values.out);
  if (!existsSync(file))
    throw new CommandError(`There is no ${file}: check the name, or give the full path.`, 2);
  const notebook = cannot(() => parseNotebook(readFileSync(file, "utf8")));
  // Before hours of work rather than after them.
  cannot(() => writeFileSync(`${out}.next`, ""));
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, onSignal);
  let result: RunResult;
  try {
    const environments =
      process.env.EYEPIECE_ENVIRONMENTS ?? join(homeFolder(values.home), "node", "environments");
    result = await runNotebook(notebook, {
      specs: new KernelSpecs(new Environments(environments)),
      kernel: values.kernel,
      work: dirname(resolve(file)),
      timeoutMs: seconds === undefined ? undefined : seconds * 1000,
      allowErrors: values["allow-errors"],
      stop: stop.signal,
      say: (line) => process.stderr.write(`  ${line}\n`),
    });
    writeFileSync(`${out}.next`, serialiseNotebook(result.notebook));
    renameSync(`${out}.next`, out);
  } catch (cause) {
    rmSync(`${out}.next`, { force: true });
    throw new CommandError(cause instanceof Error ? cause.message : String(cause), 2);
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.removeListener(name, onSignal);
  }
  const { failed } = result;
  if (!failed) return 0;
  for (const output of failed.outputs) {
    if (output.output_type !== "error") continue;
    const trace = output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
    console.error(process.stderr.isTTY ? trace : stripVTControlCharacters(trace));
  }
  console.error(
    `Cell ${failed.number} failed${failed.why ? `: ${failed.why}` : ""}. What was run is in ${values.out}.`,
  );
  return 1;
};

/** Turns what fails into the end of the command. @throws CommandError */
function cannot<T>(what: () => T): T {
  try {
    return what();
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : String(cause), 2);
  }
}
