/** A node with nothing but jobs, to be killed by a test: `node-process.ts FOLDER REQUEST`. */
import { sandboxed } from "../../launcher/probe.ts";
import { GpuLedger } from "../../sessions/ledger.ts";
import type { JobRequest } from "../job.ts";
import { JobManager } from "../manager.ts";
import { counterKind } from "./jobs.ts";

const [, , folder = "", request = "null"] = process.argv;
const manager = new JobManager({
  ...{ folder, ledger: new GpuLedger([]), devices: [] },
  kinds: { counter: await counterKind() },
  sandbox: process.env.EYEPIECE_TEST_SANDBOX !== "no" && (await sandboxed()).works,
});
await manager.open();
const wanted = JSON.parse(request) as JobRequest | null;
const job = wanted ? manager.submit(wanted).id : manager.list()[0]?.id;
if (!job) throw new Error("There is no job.");
const { losses } = manager.get(job);
let begun = 0;
for await (const entry of manager.watch(job)) {
  if (entry.kind === "state" && entry.to === "running") begun++;
  // Of the run that is this node's own.
  if (entry.kind === "checkpoint" && begun > losses) break;
}
console.log(job);
setInterval(() => {}, 60_000);
