/**
 * The files of a notebook's project in its kernel's folder. What was brought is noted with its version; a file that code wrote or changed is
 * its own, and neither replaced nor removed.
 */

import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { FolderFile } from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";
import { COMING, look, walk, within } from "./folder.ts";
import type { RelayCalls } from "./relay-calls.ts";

const LIST_MS = 5000;
/** A file may take this long. */
const FILE_MS = 30 * 60_000;
/** Files of a folder that are told of. */
const MOST = 5000;

const Listed = v.object({
  files: v.array(v.object({ path: v.string(), size: v.number(), modified_ms: v.number() })),
});
const Brought = v.record(
  v.string(),
  v.object({ size: v.number(), modified_ms: v.number(), local_ms: v.number(), inode: v.number() }),
);

/** The folder of one kernel. */
export class ProjectFiles {
  readonly #calls: RelayCalls;
  readonly #notebook: string;
  readonly #work: string;
  readonly #note: string;
  #before: Promise<unknown> = Promise.resolve();

  /** @param folder the kernel's */
  constructor(calls: RelayCalls, notebook: string, folder: string) {
    this.#calls = calls;
    this.#notebook = notebook;
    this.#work = join(folder, "work");
    this.#note = join(folder, "brought.json");
  }

  /** Brings what is new. @returns a sentence for each file that could not be brought */
  bring(say: (message: string, fraction: number) => void = () => {}): Promise<string[]> {
    const now = this.#before.then(() => this.#bring(say));
    this.#before = now.catch(() => {});
    return now;
  }

  /** What is in the folder. */
  list(): FolderFile[] {
    const brought = this.#brought();
    return walk(this.#work, MOST).map(({ path, stats }) => {
      const known = brought[path];
      return {
        ...{ path, size: stats.size, modified_ms: Math.round(stats.mtimeMs) },
        brought: known !== undefined && known.local_ms === stats.mtimeMs && known.inode === stats.ino,
      };
    });
  }

  async #bring(say: (message: string, fraction: number) => void): Promise<string[]> {
    const address = `/api/nodes/notebooks/${encodeURIComponent(this.#notebook)}/files`;
    const answer = await this.#calls.get(address, AbortSignal.timeout(LIST_MS));
    if (!answer.ok) {
      await answer.body?.cancel();
      return [];
    }
    const { files } = v.parse(Listed, await answer.json());
    mkdirSync(this.#work, { recursive: true, mode: 0o700 });
    const brought = this.#brought();
    const own = (path: string): boolean => {
      const stats = look(this.#work, path);
      const known = brought[path];
      return stats !== undefined && (stats.mtimeMs !== known?.local_ms || stats.ino !== known.inode);
    };
    for (const path of Object.keys(brought)) {
      if (files.some((file) => file.path === path)) continue;
      if (!own(path) && look(this.#work, path)) within(this.#work, path, false, (at) => rmSync(at));
      delete brought[path];
    }
    const wanted = files.filter(({ path, size, modified_ms }) => {
      const known = brought[path];
      const same = known?.size === size && known.modified_ms === modified_ms && look(this.#work, path);
      return !same && !own(path);
    });
    const all = wanted.reduce((sum, { size }) => sum + size, 0) || 1;
    const failures: string[] = [];
    let bytes = 0;
    for (const { path, size, modified_ms } of wanted) {
      say(`Fetching ${path}`, bytes / all);
      try {
        const local = await this.#fetch(
          `${address}/${path.split("/").map(encodeURIComponent).join("/")}`,
          path,
        );
        brought[path] = { size, modified_ms, ...local };
      } catch (cause) {
        failures.push(
          `${path} could not be brought: ${cause instanceof Error ? cause.message : String(cause)}`,
        );
      }
      bytes += size;
      this.#keep(brought);
    }
    this.#keep(brought);
    return failures;
  }

  /** Writes beside the file, and puts it in its place when it is whole. */
  async #fetch(address: string, path: string): Promise<{ local_ms: number; inode: number }> {
    const answer = await this.#calls.get(address, AbortSignal.timeout(FILE_MS));
    if (!answer.ok || !answer.body) throw new Error(`the relay answered ${answer.status}`);
    const name = `${COMING}${randomBytes(9).toString("base64url")}`;
    const folder = dirname(path);
    const beside = folder === "." ? name : `${folder}/${name}`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    const handle = within(this.#work, beside, true, (at) => openSync(at, flags, 0o600));
    try {
      for await (const bytes of answer.body) {
        if (!(bytes instanceof Uint8Array)) throw new Error("the relay sent no bytes");
        for (let at = 0; at < bytes.byteLength; ) at += writeSync(handle, bytes, at);
      }
      const { mtimeMs, ino } = fstatSync(handle);
      within(this.#work, path, false, (at, last) => renameSync(at.slice(0, -last.length) + name, at));
      return { local_ms: mtimeMs, inode: ino };
    } catch (cause) {
      within(this.#work, beside, false, (at) => rmSync(at, { force: true }));
      throw cause;
    } finally {
      closeSync(handle);
    }
  }

  #brought(): v.InferOutput<typeof Brought> {
    try {
      return v.parse(Brought, JSON.parse(readFileSync(this.#note, "utf8")));
    } catch {
      return {};
    }
  }

  #keep(brought: v.InferOutput<typeof Brought>): void {
    writeFileSync(`${this.#note}.next`, JSON.stringify(brought), { mode: 0o600 });
    renameSync(`${this.#note}.next`, this.#note);
  }
}
