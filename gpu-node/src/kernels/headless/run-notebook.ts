/** A notebook from its first cell to its last, as nbclient runs it. */
import type { Output } from "@eyepiece/protocol/kernel/outputs.ts";
import type {
  JsonObject,
  Notebook,
  NotebookCell,
  NotebookOutput,
} from "@eyepiece/protocol/notebook/nbformat.ts";
import type { KernelSpecs, StartSpec } from "../specs.ts";
import { HeadlessKernel } from "./kernel.ts";

/** How to run it. */
export interface RunOptions {
  readonly specs: KernelSpecs;
  /** The notebook's own kernelspec when left out. */
  readonly kernel?: string | undefined;
  /** Folder that the code runs in. */
  readonly work: string;
  /** For each cell. */
  readonly timeoutMs?: number | undefined;
  /** Goes on behind cells that fail. */
  readonly allowErrors?: boolean;
  readonly stop?: AbortSignal;
  readonly say: (line: string) => void;
}

/** What became of it. */
export interface RunResult {
  readonly notebook: Notebook;
  /** The cell that ended the run. */
  readonly failed?: { readonly number: number; readonly why: string; readonly outputs: readonly Output[] };
}

/** Runs it. @throws Error with a sentence where it cannot be run at all */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<RunResult> {
  const { say, specs } = options;
  const name = options.kernel ?? chosenSpec(notebook, specs, say);
  const spec = await specs.prepare(name, (message) => say(`${message}…`));
  await using kernel = await HeadlessKernel.start(spec, options.work);
  const code = notebook.cells.filter((cell) => runs(cell));
  const done = new Map<string, { count: number | null; timing: JsonObject }>();
  let failed: RunResult["failed"];
  for (const [index, cell] of code.entries()) {
    const end = await kernel.run(
      cell.id,
      cell.source,
      options.timeoutMs ?? Number.POSITIVE_INFINITY,
      options.stop,
    );
    const { startedMs = Date.now(), endedMs = Date.now() } = end;
    say(`[${index + 1}/${code.length}] ${end.state} in ${((endedMs - startedMs) / 1000).toFixed(1)} s`);
    done.set(cell.id, { count: end.count ?? null, timing: timingOf(startedMs, endedMs) });
    const forgiven =
      end.why === undefined && (options.allowErrors || tags(cell).includes("raises-exception"));
    if (end.state !== "done" || end.why !== undefined) {
      if (forgiven) continue;
      const number = notebook.cells.indexOf(cell) + 1;
      failed = { number, why: end.why ?? "", outputs: kernel.outputs(cell.id) };
      break;
    }
  }
  const cells = notebook.cells.map((cell) => {
    const run = done.get(cell.id);
    if (run) {
      const metadata = { ...cell.metadata, execution: run.timing };
      const outputs = kernel.outputs(cell.id) as unknown as NotebookOutput[];
      return { ...cell, metadata, outputs, execution_count: run.count };
    }
    // What the file showed before would be taken for this run's.
    return runs(cell) ? { ...cell, outputs: [], execution_count: null } : cell;
  });
  const metadata = { ...notebook.metadata, kernelspec: kernelspec(notebook, spec, specs) };
  return { notebook: { ...notebook, metadata, cells }, ...(failed && { failed }) };
}

/** The notebook's kernelspec where it is here; another Python for a Python that is not. */
function chosenSpec(notebook: Notebook, specs: KernelSpecs, say: (line: string) => void): string {
  const { kernelspec } = notebook.metadata;
  const own = isRecord(kernelspec) ? kernelspec : {};
  const name = typeof own.name === "string" ? own.name : "python3";
  const here = specs.list().map((spec) => spec.name);
  if (here.includes(name)) return name;
  const python = own.language === "python" || own.language === undefined;
  if (!python || name === "python3")
    throw new Error(
      `The notebook wants the kernel ${name}, which is not here; choose with --kernel: ${here.join(", ")}.`,
    );
  say(`The kernel ${name} is not here; python3 runs instead.`);
  return "python3";
}

function kernelspec(notebook: Notebook, spec: StartSpec, specs: KernelSpecs): JsonObject {
  const known = specs.list().find((one) => one.name === spec.name);
  const before = notebook.metadata.kernelspec;
  return {
    ...(isRecord(before) && (before as JsonObject)),
    ...{ name: spec.name, display_name: known?.display_name ?? spec.name, language: spec.language },
  };
}

function runs(cell: NotebookCell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !tags(cell).includes("skip-execution");
}

function tags(cell: NotebookCell): readonly unknown[] {
  return Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];
}

/** As JupyterLab notes a cell's times. */
function timingOf(startedMs: number, endedMs: number): JsonObject {
  return {
    "iopub.execute_input": new Date(startedMs).toISOString(),
    "shell.execute_reply": new Date(endedMs).toISOString(),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
