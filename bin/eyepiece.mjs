#!/usr/bin/env node
/** The `eyepiece` command: makes the checkout ready, then runs the command on Node 24. */
import { join } from "node:path";
import { ROOT, runOn24, SetupError, setup } from "../scripts/setup.mjs";

const args = process.argv.slice(2);
// What shows no page needs no built app.
const build =
  args[0] === "up" ||
  args[0] === "relay" ||
  args[0] === undefined ||
  (args[0] === "trainer" && args[1] === "serve") ||
  (args[0] === "flows" && (args[1] === "start" || args[1] === "serve"));

try {
  await setup({ build });
  process.exitCode = await runOn24(join(ROOT, "bin/main.ts"), args);
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
