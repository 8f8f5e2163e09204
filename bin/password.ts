/** Reads a password from standard input: a line of a pipe, or typed twice at a terminal that shows nothing of it. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { CommandError } from "./command.ts";

/** @throws CommandError when there is none, or the two typed ones differ */
export async function readPassword(prompt: string): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) {
    // A trailing line end is the pipe's, not the password's.
    const password = (await text(stdin)).replace(/\r?\n$/, "");
    if (password === "" || /[\r\n]/.test(password))
      throw new CommandError("Give the password on standard input, as one line.", 2);
    return password;
  }
  const password = await typed(prompt);
  if (password !== (await typed("Again: ")))
    throw new CommandError("The two passwords differ; nothing was changed.");
  return password;
}

/** One line of the terminal, not echoed. */
function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  // readline echoes to its output, and this one shows nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve, reject) => {
    const end = (then: () => void) => {
      reader.close();
      process.stderr.write("\n");
      then();
    };
    reader.once("line", (line) => end(() => resolve(line)));
    reader.once("SIGINT", () => end(() => reject(new CommandError("Nothing was changed.", 130))));
  });
}
