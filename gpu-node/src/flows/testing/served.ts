/** A node's flows in a process of their own, at an address on the loopback, in ada's name. Argument: home. Prints the address. */
import type { Duplex } from "node:stream";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/environment-cache.ts";
import { startFlows } from "../flows.ts";
import { frontOf } from "./front.ts";

const [home = ""] = process.argv.slice(2);
const { address } = startFlows({
  ...{ home, environments: ENVIRONMENT_CACHE, hidden: [home] },
  personOf: async () => undefined,
  log: (line) => console.error(line),
});
if (!("connect" in address)) throw new Error("flows have no door");
const front = await frontOf(address.connect as () => Duplex, {
  ...{ "x-eyepiece-user": "ada", "x-eyepiece-user-name": "ada", "x-eyepiece-role": "owner" },
  "x-eyepiece-rights": "view,comment,edit,run",
});
console.log(front.url);
