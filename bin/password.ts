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
  const [password, again] = await typed([prompt, "Again: "]);
  if (password === undefined || password !== again)
    throw new CommandError("The two passwords differ; nothing was changed.");
  return password;
}

/** One line of the terminal for each prompt, not echoed. */
function typed(prompts: readonly string[]): Promise<string[]> {
  // readline echoes to its output, and this one shows nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // It takes the echo away from the terminal too, which must be before anything is asked.
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    reader.on("line", (line) => {
      process.stderr.write("\n");
      lines.push(line);
      const next = prompts[lines.length];
      if (next !== undefined) process.stderr.write(next);
      else {
        resolve(lines);
        reader.close();
      }
    });
    reader.on("SIGINT", () => reader.close());
    // Control-C or Control-D; after the last line this says nothing any more.
    reader.on("close", () => reject(new CommandError("Nothing was changed.", 130)));
    process.stderr.write(prompts[0] ?? "");
  });
}
