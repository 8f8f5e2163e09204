/** Folders that a program is started over, in the machine's folder for passing things: gone with it, or swept after a kill. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTicks } from "../kernels/keeper/config.ts";
import type { LaunchPlan } from "./plan.ts";

/** Where whose it is is written: beside the parts, so that the program does not see it. */
const OWNER = "owner";

/** The parts that a plan names. */
type Parts = Pick<LaunchPlan, "home" | "work" | "sockets" | "root">;

/**
 * Makes an empty folder of this process with the parts of a plan in it, and removes those of the same kind whose process
 * was killed before it could.
 *
 * @param kind a word for its name
 * @returns the folder, for who starts the program to remove, and its parts
 */
export function programFolder(kind: string): { readonly folder: string; readonly parts: Parts } {
  const start = `eyepiece-${kind}-`;
  for (const name of readdirSync(tmpdir())) if (name.startsWith(start)) sweep(join(tmpdir(), name));
  const folder = mkdtempSync(join(tmpdir(), start));
  const at = (part: string) => join(folder, part);
  const parts = { home: at("home"), work: at("work"), sockets: at("sockets"), root: at("root") };
  for (const path of Object.values(parts)) mkdirSync(path, { mode: 0o700 });
  writeFileSync(at(OWNER), [process.pid, startTicks(process.pid), namespace()].join(" "));
  return { folder, parts };
}

/** Removes a folder whose process is gone. One without an owner is being made, or another's. */
function sweep(folder: string): void {
  try {
    const [pid, start, space] = readFileSync(join(folder, OWNER), "utf8").split(" ");
    // In another namespace the number is somebody else's. An owner that is only half written has none.
    if (!start || space !== namespace() || startTicks(Number(pid)) === start) return;
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's, or swept by another process meanwhile.
  }
}

/** That of this process' numbers. */
const namespace = (): string => readlinkSync("/proc/self/ns/pid");
