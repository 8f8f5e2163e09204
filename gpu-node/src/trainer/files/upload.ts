/** Takes a multipart upload as it streams: into a file, through the checker, never whole into memory. */
import { basename } from "node:path";
import { Readable } from "node:stream";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { ApiError, invalid } from "../http/api-error.ts";
import { LineChecker } from "./lines.ts";
import type { FileStore, Incoming, TrainingFile } from "./store.ts";

/** Bounds of one person. */
export interface FileLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all their files. */
  readonly bytes: number;
  readonly files: number;
}

/** What holds where nothing else is said. */
export const FILE_LIMITS: FileLimits = { fileBytes: 64 * 1024 ** 3, bytes: 256 * 1024 ** 3, files: 10_000 };

/** Of a bad file so much more is read, so that its sender hears what is wrong with it and not that a connection broke. */
const MAX_DISCARDED = 256 * 1024 * 1024;
const PURPOSE = "fine-tune";

/** What came beside the file. */
interface Fields {
  purpose: string;
  filename: string;
  file: boolean;
  error: ApiError | undefined;
}

/** Receives one file of a person. @throws ApiError that says what is wrong with it, and where */
export async function upload(
  request: Request,
  store: FileStore,
  person: string,
  limits: FileLimits = FILE_LIMITS,
): Promise<TrainingFile> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type) || !request.body)
    throw invalid("Send the file as multipart/form-data, in a field called file.", "file");
  // What is packed small may be any size unpacked.
  const packed = request.headers.get("content-encoding") ?? "identity";
  if (packed !== "identity")
    throw invalid(
      `Send the file as it is: content-encoding ${packed.slice(0, 40)} is not unpacked here.`,
      "file",
    );
  const usage = store.usage(person);
  if (usage.files >= limits.files)
    throw tooMuch(`You keep ${usage.files} files, which is all you may: delete some.`);
  const incoming = await store.receive();
  const most = Math.min(limits.fileBytes, limits.bytes - usage.bytes);
  try {
    const checker = new LineChecker();
    const fields: Fields = { purpose: PURPOSE, filename: "", file: false, error: undefined };
    const bytes = await receive(request, type, incoming, checker, fields, most);
    if (fields.error) throw fields.error;
    if (!fields.file)
      throw invalid("There is no file in the request: send it in a field called file.", "file");
    const { format, lines } = checker.finish();
    const { purpose, filename } = fields;
    return await incoming.keep({ person, filename, purpose, format, bytes, lines });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new ApiError(
        507,
        "server_error",
        "The node's disk is full: delete files or jobs.",
        null,
        "disk_full",
      );
    throw cause;
  } finally {
    await incoming.drop();
  }
}

/** @returns bytes of the file */
async function receive(
  request: Request,
  type: string,
  incoming: Incoming,
  checker: LineChecker,
  fields: Fields,
  most: number,
): Promise<number> {
  const parser = busboy(type);
  let bytes = 0;
  let discarded = 0;
  let writing: Promise<void> | undefined;
  const take = async (stream: BusboyFileStream): Promise<void> => {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (fields.error) {
        discarded += chunk.length;
        if (discarded > MAX_DISCARDED) throw fields.error;
        continue;
      }
      try {
        bytes += chunk.length;
        if (bytes > most) throw tooMuch(`The file is larger than the ${most} bytes that you may keep.`);
        checker.feed(chunk);
      } catch (cause) {
        if (!(cause instanceof ApiError)) throw cause;
        fields.error = cause;
        continue;
      }
      await write(incoming, chunk);
    }
  };
  // These streams may fail more than once, also when nobody asks any more; that must not end the node.
  parser.on("error", ignore);
  parser.on("file", (name, stream, filename) => {
    stream.on("error", ignore);
    if (name !== "file" || fields.file) {
      fields.error ??= invalid(
        `There is a file in the field ${clean(name)}: send one, in the field file.`,
        "file",
      );
      stream.resume();
      return;
    }
    fields.file = true;
    fields.filename = clean(basename(filename ?? "")) || "file.jsonl";
    writing = take(stream);
    // Seen below; without this a failure in between ends the node.
    writing.catch((cause: unknown) =>
      parser.destroy(cause instanceof Error ? cause : new Error(String(cause))),
    );
  });
  parser.on("field", (name, value) => {
    if (name !== "purpose") fields.error ??= invalid(`Unknown field: ${clean(name)}.`, clean(name));
    else if (/^[\w-]{1,64}$/.test(value)) fields.purpose = value;
    else fields.error ??= invalid("purpose must be one word, such as fine-tune.", "purpose");
  });
  for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const)
    parser.on(limit, () => {
      fields.error ??= invalid("The request has too many parts.", null);
    });
  try {
    await new Promise<void>((resolve, reject) => {
      parser.once("finish", resolve);
      parser.once("error", reject);
      parser.once("close", () => reject(new Error("The upload broke off.")));
      const body = Readable.fromWeb(request.body as import("node:stream/web").ReadableStream);
      body.on("error", reject);
      body.pipe(parser);
    });
    await writing;
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOSPC" || code === "EDQUOT") throw cause;
    throw invalid(
      `The upload broke off or is not multipart/form-data: ${String((cause as Error).message)}`,
      "file",
    );
  }
  return bytes;
}

function ignore(): void {}

function busboy(type: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: {
        ...{ files: 2, fields: 8, parts: 10, fieldSize: 1024, fieldNameSize: 100 },
        ...{ headerPairs: 20, headerSize: 16 * 1024 },
      },
    });
  } catch (cause) {
    throw invalid(`The request is not multipart/form-data: ${String((cause as Error).message)}.`);
  }
}

async function write(incoming: Incoming, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await incoming.handle.write(chunk, at)).bytesWritten;
}

/** A name as people may be shown it. */
function clean(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 255);
}

function tooMuch(message: string): ApiError {
  return new ApiError(413, "invalid_request_error", message, "file", "too_large");
}
