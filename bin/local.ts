/** What the commands on one machine share: tokens kept in the home folder, and the running relay's address. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withAccounts } from "@eyepiece/relay/main.ts";

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const next = `${file}.next`;
  writeFileSync(next, text, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, file);
}

/** The token of this machine's own node (or command line), made at the first start. */
export async function localToken(home: string, kind: "node" | "api", name: string): Promise<string> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const file = join(home, `${kind}-token`);
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  const proof =
    kept === "" ? undefined : await withAccounts(home, (accounts) => accounts.prove("", `Bearer ${kept}`));
  return withAccounts(home, (accounts) => {
    // The database may be newer than the file: an unknown token is replaced.
    const known = kind === "node" ? accounts.nodeOfToken(kept) === name : proof !== undefined;
    if (kept !== "" && known) return kept;
    const token = accounts.createToken(kind, name);
    writePrivate(file, token);
    return token;
  });
}

/** Where the running Eyepiece of a home folder listens. */
export interface RunningRelay {
  readonly url: string;
  readonly pid: number;
}

/** Notes the running relay for `eyepiece open`. */
export function noteRunning(home: string, running: RunningRelay): void {
  writePrivate(join(home, "running.json"), JSON.stringify(running));
}

/** The noted relay, or undefined. Whether it still runs, its address tells. */
export function readRunning(home: string): RunningRelay | undefined {
  const file = join(home, "running.json");
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as RunningRelay;
}
