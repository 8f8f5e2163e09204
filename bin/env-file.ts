/** Settings from the `.env` of the folder that a command is called in; what the environment says itself goes before. */
import { readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import { CommandError } from "./command.ts";

const MAX_BYTES = 64 * 1024;
/** Kodosumi's name of the first owner's account, and ours. */
const ALIASES = [
  ["EYEPIECE_FLOWS_ADMIN_EMAIL", "EYEPIECE_ADMIN_EMAIL"],
  ["EYEPIECE_FLOWS_ADMIN_PASSWORD", "EYEPIECE_ADMIN_PASSWORD"],
] as const;

/** Puts in the names that begin with EYEPIECE_; other programs' are left alone. @throws CommandError */
export function readEnvFile(file: string, environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(settingsOf(file)))
    if (name.startsWith("EYEPIECE_")) environment[name] ??= value ?? "";
  for (const [alias, name] of ALIASES) {
    const value = environment[alias];
    if (value !== undefined) environment[name] ??= value;
    // A password is the relay's business alone: under this name it would reach the node.
    delete environment[alias];
  }
}

function settingsOf(file: string): NodeJS.Dict<string> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return {};
  if (found.size > MAX_BYTES)
    throw new CommandError(`${file} is larger than ${MAX_BYTES} bytes: it is no file of settings.`);
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new CommandError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}
