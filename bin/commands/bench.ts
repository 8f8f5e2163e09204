/** `eyepiece bench`: measures this machine. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Command } from "../command.ts";

export const command: Command = (args) => {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../../bench/main.ts"), ...args], {
    stdio: "inherit",
  });
  return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
};
