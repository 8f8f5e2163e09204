/** A node with an online run that has taken five batches, to be killed by a test: `online-process.ts HOME`. Prints the job's id. */
import { ONLINE } from "../fine-tuning/fine-tuned.ts";
import { OnlineRuns } from "../grpo/runs.ts";
import { trainerOver } from "./trainer.ts";

const { jobs } = await trainerOver(process.argv[2] ?? "");
const job = jobs.submit({
  ...{ person: "ada", kind: ONLINE, retries: 5 },
  params: {
    ...{ method: "online", model: "tiny", training_file: "", validation_file: null, seed: 3, asked: {} },
    hyperparameters: { num_generations: 2, max_steps: 100, learning_rate: 0.001, bf16: false },
    ...{ grader: null, suffix: null, metadata: null, inactivity: 600 },
  },
});
const run = new OnlineRuns(jobs).of(job);
const item = (content: string, reward: number) => ({
  ...{ messages: [{ role: "user", content: "hello" }], completion: { role: "assistant", content }, reward },
});
for (let batch = 0; batch < 5; batch++) await run.step(batch, [[item("a", 1), item("b", 0)]]);
for await (const entry of jobs.watch(job.id)) if (entry.kind === "metrics") break;
console.log(job.id);
setInterval(() => {}, 60_000);
