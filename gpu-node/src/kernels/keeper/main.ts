/** A keeper as a process: `node keeper/main.ts CONFIG.json`. It is started detached and outlives the node. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { KeeperConfig } from "./config.ts";
import { Keeper } from "./keeper.ts";

const config = v.parse(KeeperConfig, JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
// A terminal's Ctrl+C and the end of a login are the node's affair.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
await new Keeper(config).run();
process.exit(0);
