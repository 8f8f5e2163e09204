/** A node that trains, to be killed by a test: `trainer-process.ts HOME REQUEST`. Prints the job's id once it has a checkpoint. */
import type { JobRequest } from "../../jobs/job.ts";
import { trainerOver } from "./trainer.ts";

const [, , home = "", request = "{}"] = process.argv;
const { jobs } = await trainerOver(home);
const { id } = jobs.submit(JSON.parse(request) as JobRequest);
for await (const entry of jobs.watch(id)) if (entry.kind === "checkpoint") break;
console.log(id);
setInterval(() => {}, 60_000);
