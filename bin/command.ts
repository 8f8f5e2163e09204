/** What commands have in common. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Runs with the arguments after its name; resolves with the exit code. */
export type Command = (args: readonly string[]) => Promise<number>;

/** Ends the program: one sentence on standard error and a code. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** The folder for everything that Eyepiece keeps. */
export function homeFolder(option?: string): string {
  return resolve(option ?? process.env.EYEPIECE_HOME ?? join(homedir(), ".eyepiece"));
}

/** The relay's port. @throws CommandError for what is no port. */
export function portNumber(option?: string): number {
  const text = option ?? process.env.EYEPIECE_PORT ?? "7070";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new CommandError(`${text} is no port: give a number from 1 to 65535.`, 2);
  }
  return port;
}
