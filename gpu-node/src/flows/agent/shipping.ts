/** A service's folder on its way to another machine: what is in it, named by that, and sent where it is not there yet. */
import { createHash } from "node:crypto";
import { type Dirent, lstatSync, opendirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "./errors.ts";
import type { AgentLink } from "./link.ts";

/** Of a folder that is sent. */
const MAX_BYTES = 64 * 1024 ** 2;
const MAX_FILES = 5000;
const PART = 1024 ** 2;
/** Made from others, or of no use to a run. */
const LEFT_OUT = new Set(["__pycache__", ".git", ".venv", "node_modules"]);

interface ShippedFile {
  readonly path: string;
  readonly executable: boolean;
  readonly data: Buffer;
}

/** @returns where the folder is there @param below of the agent's own on its machine @throws GatewayError for one that is too large, or did not arrive */
export async function ship(link: AgentLink, folder: string, below: string): Promise<string> {
  const files = filesOf(folder);
  const digest = digestOf(files);
  const place = `${below}/services/${digest}`;
  if ((await link.ask({ type: "folder", digest })) === true) return place;
  link.send({ type: "ship" });
  for (const { path, executable, data } of files)
    for (let at = 0; at === 0 || at < data.length; at += PART) {
      const part = data.subarray(at, at + PART).toString("base64");
      link.send({ type: "file", path, executable, data: part });
    }
  const why = await link.ask({ type: "shipped", digest });
  if (why !== "") throw new GatewayError(`The service's folder did not arrive: ${why}`);
  return place;
}

/** Of paths, rights to execute, and contents, as the agent reckons it. */
export function digestOf(files: readonly ShippedFile[]): string {
  const whole = createHash("sha256");
  for (const { path, executable, data } of files) {
    const content = createHash("sha256").update(data).digest("hex");
    whole.update(`${path}\0${executable ? "x" : "-"}\0${content}\n`);
  }
  return whole.digest("hex").slice(0, 32);
}

/** Its files, in order. Links are left out: they may lead anywhere. @throws GatewayError */
export function filesOf(folder: string): ShippedFile[] {
  const found: ShippedFile[] = [];
  let bytes = 0;
  const visit = (way: string): void => {
    using entries = opendirSync(join(folder, way));
    for (let entry: Dirent | null = entries.readSync(); entry; entry = entries.readSync()) {
      if (LEFT_OUT.has(entry.name)) continue;
      const path = way === "" ? entry.name : `${way}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      if (!entry.isFile()) continue;
      const { size, mode } = lstatSync(join(folder, path));
      bytes += size;
      if (bytes > MAX_BYTES || found.length >= MAX_FILES)
        throw new GatewayError(
          `The service's folder ${folder} is larger than ${MAX_BYTES / 1024 ** 2} MiB or has more than ${MAX_FILES} files, so that it is not sent to other machines.`,
        );
      found.push({ path, executable: (mode & 0o100) !== 0, data: readFileSync(join(folder, path)) });
    }
  };
  visit("");
  return found.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
