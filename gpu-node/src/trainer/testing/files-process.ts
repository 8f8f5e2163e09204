/** A node that takes files, to be killed by a test: `files-process.ts FOLDER`. Prints the id of one that is whole; another is half there. */
import { FileStore } from "../files/store.ts";

const store = new FileStore(process.argv[2] ?? "");
const whole = await store.receive();
await whole.handle.write("{}\n");
const about = {
  person: "ada",
  filename: "a",
  purpose: "fine-tune",
  format: "sft",
  bytes: 3,
  lines: 1,
} as const;
const { id } = await whole.keep(about);
const half = await store.receive();
await half.handle.write('{"messages');
console.log(id);
setInterval(() => {}, 60_000);
