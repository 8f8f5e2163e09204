/** A service that is being written: exposed from the folder where it lies, imported anew when it changes, gone when the command ends. */
import { watch } from "node:fs";
import { CommandError } from "../command.ts";
import type { Panel } from "./panel.ts";

/** A program that saves several files tells of each. */
const QUIET_MS = 300;
const IGNORED = /(^|\/)(__pycache__|node_modules|\.[^/]+)(\/|$)/;

/** What is served. */
export interface Served {
  readonly name: string;
  /** "module:app" */
  readonly importPath: string;
  readonly folder: string;
  readonly reload: boolean;
}

/** Serves until the signal. @throws CommandError */
export async function serve(panel: Panel, served: Served, signal: AbortSignal): Promise<void> {
  const { name, importPath, folder } = served;
  // JSON is YAML, too.
  const bootstrap = JSON.stringify({ import_path: importPath, runtime_env: { working_dir: folder } });
  const all = (await panel.ask("GET", "/expose")) as { name: string; bootstrap: string | null }[];
  const there = all.find((one) => one.name === name);
  if (there && there.bootstrap !== bootstrap)
    throw new CommandError(
      `There is another service called ${name}: choose a name by --name, or remove that one.`,
    );
  if (!there) await panel.ask("POST", "/expose", { name, bootstrap });
  try {
    const again = async () => {
      const last = await panel.follow("POST", `/boot/refresh/${name}`, (line) => console.error(line));
      if (last.startsWith("✔")) console.log(`${panel.url}/flows?q=${encodeURIComponent(name)}`);
    };
    await again();
    if (!served.reload) await new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    else await onChanges(folder, signal, again);
  } finally {
    // One that was exposed before stays.
    if (!there) await panel.ask("DELETE", `/expose/${name}`).catch(() => {});
  }
}

/** Calls `again` after each change of a Python file, one after the other. */
async function onChanges(folder: string, signal: AbortSignal, again: () => Promise<void>): Promise<void> {
  let wake = () => {};
  let changed = false;
  const watcher = watch(folder, { recursive: true, signal }, (_, file) => {
    if (!file || IGNORED.test(file) || !/\.(py|ya?ml|json|toml)$/.test(file)) return;
    changed = true;
    wake();
  });
  // Its end by the signal is told as an error.
  watcher.on("error", () => {});
  signal.addEventListener("abort", () => wake());
  while (!signal.aborted) {
    if (!changed)
      await new Promise<void>((done) => {
        wake = done;
      });
    while (changed && !signal.aborted) {
      changed = false;
      await new Promise((done) => setTimeout(done, QUIET_MS));
    }
    if (signal.aborted) return;
    await again().catch((cause: unknown) => {
      if (!(cause instanceof CommandError)) throw cause;
      console.error(cause.message);
    });
  }
}
