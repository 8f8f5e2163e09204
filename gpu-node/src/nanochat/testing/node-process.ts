/** A node that goes on with its runs, to be killed by a test: `node-process.ts HOME`. Prints the job of a stage that runs and has a checkpoint. */
import { setTimeout as sleep } from "node:timers/promises";
import { trainerOver } from "../../trainer/testing/trainer.ts";

const [, , home = ""] = process.argv;
const { jobs } = await trainerOver(home);
for (;;) {
  const open = jobs.list({ kind: "nanochat", limit: 1000 });
  const job = open.find(({ state, checkpoint }) => state === "running" && checkpoint !== undefined);
  if (job) {
    console.log(job.id);
    break;
  }
  await sleep(20);
}
setInterval(() => {}, 60_000);
