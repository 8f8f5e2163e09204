/** A process of its own that serves a model and writes a line when it answers: `node node-process.ts MODELS`. */
import { join } from "node:path";
import { serverOf } from "./models.ts";

const [, , folder = ""] = process.argv;
const person = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
const model = {
  ...{ id: "tiny", folder: join(folder, "tiny"), base: undefined, ownedBy: "everybody", createdMs: 0 },
};
const server = serverOf(folder);
await server.launch(person, model);
console.log("answers");
// Stays until it is killed.
setInterval(() => {}, 1000);
