/** A node whose disk is nearly full: `full-disk-process.ts FOLDER`. Prints what became of a job that fills it, and of the next. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { GpuLedger } from "../../sessions/ledger.ts";
import { PARTS } from "../child.ts";
import { JobManager } from "../manager.ts";
import { markedProcesses } from "../marked.ts";
import { reach, SHELL } from "./jobs.ts";

const [, , folder = ""] = process.argv;
const manager = new JobManager({
  ...{ folder, ledger: new GpuLedger([]), devices: [], kinds: { shell: SHELL } },
  sandbox: false,
});
await manager.open();
const params = `head -c 9000000 /dev/zero; while :; do printf '{"type":"event","message":"%01000d"}\\n' 1 >&3; done`;
const { id } = manager.submit({ person: "ada", kind: "shell", params });
while (manager.get(id).state !== "running" || markedProcesses(id).length === 0)
  await new Promise((resolve) => setTimeout(resolve, 10));
while (markedProcesses(id).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
// Its end is stored on the disk that is full, so that it can be deleted.
const { state, reason } = await reach(manager, id, "failed");
const { size } = statSync(join(manager.folderOf(id), PARTS.output));
manager.remove(id);
const next = manager.submit({ person: "ada", kind: "shell", params: "true" });
await reach(manager, next.id, "succeeded");
await manager.close();
console.log(JSON.stringify({ size, state, reason, next: "succeeded" }));
