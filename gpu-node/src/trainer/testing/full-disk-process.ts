/**
 * A trainer whose disk is nearly full: `full-disk-process.ts HOME MODEL`, where HOME is a small disk. Prints what became of an upload and of a
 * job that fill it, and of those that came when room was made.
 */
import { cpSync, mkdirSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { reach } from "../../jobs/testing/jobs.ts";
import { FileStore } from "../files/store.ts";
import { upload } from "../files/upload.ts";
import { ApiError } from "../http/api-error.ts";
import { EXAMPLES, trainerOver } from "./trainer.ts";

const [, , home = "", model = ""] = process.argv;
mkdirSync(join(home, "models"), { recursive: true });
cpSync(model, join(home, "models", "tiny"), { recursive: true });
const { jobs, close } = await trainerOver(home);

// Another store over the same folder than the trainer's: it has one manager only of jobs.
const files = new FileStore(join(home, "trainer", "files"));
const send = async (text: string) => {
  const form = new FormData();
  form.set("file", new Blob([text]), "train.jsonl");
  const request = new Request("http://node/v1/files", { method: "POST", body: form });
  return upload(request, files, "ada").then(
    ({ id }) => ({ id, refused: undefined }),
    (cause: unknown) => {
      if (!(cause instanceof ApiError)) throw cause;
      return { id: "", refused: [cause.status, cause.message] };
    },
  );
};
const free = () => {
  const { bavail, bsize } = statfsSync(home);
  return bavail * bsize;
};

const { id: file } = await send(EXAMPLES.supervised);
const room = free();
const line = `${JSON.stringify({
  messages: [
    { role: "user", content: "x".repeat(100_000) },
    { role: "assistant", content: "y" },
  ],
})}\n`;
const large = await send(line.repeat(Math.ceil((2 * room) / line.length)));
const again = room - free();

const submit = (fields: object) =>
  jobs.submit({
    ...{ person: "ada", kind: "fine-tuning" },
    params: {
      ...{
        method: "supervised",
        model: "tiny",
        training_file: file,
        validation_file: null,
        seed: 5,
        grader: null,
      },
      ...{ asked: {}, suffix: null, metadata: null },
      hyperparameters: { max_steps: 200, per_device_train_batch_size: 2, max_length: 64, ...fields },
    },
  }).id;
const full = await reach(jobs, submit({ save_steps: 1, save_total_limit: 1000 }), "failed");
jobs.remove(full.id);
const after = await reach(jobs, submit({ max_steps: 2, save_steps: 2 }), "succeeded");
await close();
files.close();
console.log(
  JSON.stringify({
    large: large.refused,
    kept: again,
    full: full.reason,
    step: full.checkpoint?.step,
    after: after.state,
  }),
);
