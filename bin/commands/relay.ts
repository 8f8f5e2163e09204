/** `eyepiece relay`: the public door alone. */
import { runRelay } from "@eyepiece/relay/main.ts";
import type { Command } from "../command.ts";

export const command: Command = async (args) => {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  return runRelay(args, process.env, stop.signal);
};
