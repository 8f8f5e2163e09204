/** A node's flows in a process of their own, to be killed: starts a run, prints its name, and stays. Arguments: home, mode. */
import { request } from "node:http";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { startFlows } from "../flows.ts";

const [home = "", body = ""] = process.argv.slice(2);
const flows = startFlows({
  ...{ home, environments: ENVIRONMENT_CACHE, hidden: [home] },
  personOf: async () => undefined,
  log: (line) => console.error(line),
});
const { address } = flows;
if (!("connect" in address)) throw new Error("flows have no door");
const asked = request(
  {
    ...{ host: "flows", method: "POST", path: "/-/trials/", createConnection: address.connect },
    headers: {
      ...{ "x-eyepiece-user": "ada", "x-eyepiece-user-name": "ada", "x-eyepiece-role": "owner" },
      ...{ "x-eyepiece-rights": "run", "content-type": "application/json" },
    },
  },
  (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    answer.on("end", () => console.log((JSON.parse(text) as { result?: string }).result ?? text));
  },
);
asked.end(body);
