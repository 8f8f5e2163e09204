/** Pictures for previews of share links: files in the relay's folder, public to whoever has the random id. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OnDelete } from "../accounts/deletion.ts";
import { newId } from "../accounts/secrets.ts";
import { type Exchange, HttpError } from "../http/exchange.ts";
import type { RequestBody } from "../tunnel/http.ts";
import type { Shares } from "./shares.ts";

const MAX_PICTURE = 1024 * 1024;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ID = /^[A-Za-z0-9_-]{16}$/;

/** A PNG out of a request. @throws HttpError 413 when it is large, 400 when it is none */
export async function readPicture(exchange: Exchange, body: RequestBody): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    exchange.onAbort(() => reject(new HttpError(400, "aborted", "The request was aborted.")));
    body.start((bytes, last) => {
      size += bytes.byteLength;
      if (size > MAX_PICTURE)
        reject(new HttpError(413, "too_large", "The picture is larger than 1 MiB: send a smaller one."));
      else parts.push(Buffer.from(bytes));
      if (last) resolve();
    });
  });
  const picture = Buffer.concat(parts);
  if (!picture.subarray(0, SIGNATURE.length).equals(SIGNATURE))
    throw new HttpError(400, "invalid", "The picture is not a PNG.");
  return picture;
}

/** Keeps a picture: its id. */
export function writePicture(folder: string, bytes: Buffer): string {
  const id = newId();
  const file = fileOf(folder, id);
  mkdirSync(join(folder, "pictures"), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.next`, bytes, { mode: 0o600 });
  renameSync(`${file}.next`, file);
  return id;
}

/** A picture's bytes; undefined when there is none. */
export function pictureBytes(folder: string, id: string): Buffer | undefined {
  const file = fileOf(folder, id);
  return ID.test(id) && statSync(file, { throwIfNoEntry: false }) ? readFileSync(file) : undefined;
}

/** Removes a picture, if there is one. */
export function removePicture(folder: string, id: string | undefined): void {
  if (id !== undefined && ID.test(id)) rmSync(fileOf(folder, id), { force: true });
}

/** What goes with an account; the shares themselves are counted elsewhere. */
export function picturesOfAccounts(folder: string, shares: Shares): OnDelete {
  return {
    preview: () => [],
    remove(userId) {
      for (const { picture } of shares.list(userId)) removePicture(folder, picture);
    },
  };
}

function fileOf(folder: string, id: string): string {
  return join(folder, "pictures", `${id}.png`);
}
