/** The `files` service: one channel brings one file into the node's upload folder. */

import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { basename, join } from "node:path";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { decodeMessage, encodeMessage, node } from "@eyepiece/protocol/wire/messages.ts";

/** Most bytes of one upload unless the node is told otherwise. */
export const MAX_UPLOAD = 64 * 1024 * 1024 * 1024;
/** What must stay free on the disk. */
const SPARE_BYTES = 512 * 1024 * 1024;

/** A name that is safe as a file's: no path, no control characters, not hidden. */
export function safeName(name: string): string {
  const flat = basename(name.replaceAll("\\", "/"))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, "_")
    .replace(/^\.+/, "");
  return flat.slice(-200) || "upload";
}

/** Takes an upload; the answer is one UploadDone, and the file appears under its name only when it is whole. */
export async function serveUpload(
  incoming: IncomingChannel,
  folder: string,
  limit = MAX_UPLOAD,
): Promise<void> {
  const { name, size } = decodeMessage(node.Upload, incoming.facts.params, 8192);
  if (!(size >= 0 && size <= limit)) {
    incoming.reject("invalid", `${safeName(name)} has ${size} bytes; ${limit} is the most.`);
    return;
  }
  await mkdir(folder, { recursive: true });
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < size + SPARE_BYTES) {
    const free = Math.round((disk.bavail * disk.bsize) / 1e6);
    incoming.reject("unavailable", `The node's disk has ${free} MB free, too little for ${safeName(name)}.`);
    return;
  }
  const id = randomBytes(6).toString("hex");
  await mkdir(join(folder, id));
  const target = join(folder, id, safeName(name));
  const partial = `${target}.part`;
  let file: FileHandle | undefined = await open(partial, "wx");
  let written = 0;
  const channel = incoming.accept();
  const answer = async (failure: string) => {
    await file?.close();
    file = undefined;
    if (failure) await rm(join(folder, id), { recursive: true, force: true });
    else await rename(partial, target);
    if (channel.state !== "closed") {
      channel.send(encodeMessage(node.UploadDone, { uri: failure ? "" : target, size: written, failure }));
    }
  };
  channel.onMessage = async (bytes) => {
    if (!file) return;
    try {
      await file.write(bytes);
      written += bytes.byteLength;
      if (written > size) await answer(`${name} is longer than the ${size} bytes that were announced.`);
      else if (written === size) await answer("");
    } catch (cause) {
      await answer(`${name} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
  if (size === 0) await answer(`${safeName(name)} is empty.`);
  await channel.closed;
  if (file) await answer("interrupted");
}
