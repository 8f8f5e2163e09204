/** Files of a project: /api/projects/{id}/files. */
import { open } from "node:fs/promises";
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { type Exchange, HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { bodyParts, discard } from "./body.ts";
import { storageError } from "./failure.ts";
import { filePath, type Upload } from "./files.ts";
import { attachment } from "./ipynb-routes.ts";
import { need } from "./permission.ts";

/** Bytes of a file: 1 TiB. */
const MAX_FILE = 2 ** 40;
const READ_AT_ONCE = 256 * 1024;

const Size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE));
const Offset = v.pipe(v.string(), v.regex(/^\d{1,13}$/, "a number of bytes"), v.transform(Number));

/** The routes. */
export function fileRoutes({ notebooks, access, folder }: RouteDependencies): RouteSpec[] {
  const { files } = notebooks;
  const none = () => new HttpError(404, "not_found", "There is no such file in this project.");
  const uploadOf = (project: string, id: string): Upload => {
    const upload = files.upload(project, id);
    if (!upload) throw new HttpError(404, "not_found", "There is no such upload: begin it again.");
    return upload;
  };
  const sample = ({ project }: { readonly project: string }) => ({
    params: { id: project, path: "none.txt", upload: "none" },
  });
  return [
    defineRoute({
      method: "GET",
      path: "/api/projects/{id}/files",
      summary: "Files of a project, by name",
      tag: "Files",
      access: "signed-in",
      sample,
      responses: "{files: [{path, size, modified_ms}]}",
      handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "project", id }, "view");
        exchange.json(200, { files: files.list(id) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/projects/{id}/files/init",
      summary: "Begins an upload, or finds the one that was broken off: go on at `received`",
      tag: "Files",
      access: "signed-in",
      body: v.object({ name: v.string(), size: Size }),
      sample: (things) => ({ ...sample(things), body: { name: "a.txt", size: 1 } }),
      responses: { 201: "{upload, received}" },
      async handler({ exchange, person, params: { id = "" }, body }) {
        need(access, person, { kind: "project", id }, "edit");
        exchange.json(201, await files.begin(id, filePath(body.name), body.size, person.id));
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/api/projects/{id}/files/uploads/{upload}",
      summary: "One chunk of an upload, which is the body",
      tag: "Files",
      access: "signed-in",
      raw: true,
      query: v.object({ offset: Offset }),
      sample: (things) => ({ ...sample(things), query: { offset: "0" } }),
      responses: { 200: "{received}", 409: "the chunk does not begin where the last one ended" },
      async handler({ exchange, person, params: { id = "", upload: name = "" }, query, upload: body }) {
        need(access, person, { kind: "project", id }, "edit");
        const upload = uploadOf(id, name);
        try {
          const length = Number(exchange.header("content-length"));
          const received = await files.write(
            upload,
            query.offset,
            length || 0,
            bodyParts(exchange, body, folder),
          );
          exchange.json(200, { received });
        } catch (cause) {
          await discard(exchange, body);
          throw storageError(cause);
        }
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/projects/{id}/files/uploads/{upload}/complete",
      summary: "Ends an upload: from now on it is a file",
      tag: "Files",
      access: "signed-in",
      sample,
      async handler({ exchange, person, params: { id = "", upload: name = "" } }) {
        need(access, person, { kind: "project", id }, "edit");
        const upload = uploadOf(id, name);
        try {
          exchange.json(200, await files.complete(upload));
        } catch (cause) {
          throw storageError(cause);
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/projects/{id}/files/{path*}",
      summary: "A file's bytes, or one range of them",
      tag: "Files",
      access: "signed-in",
      sample,
      responses: {
        200: "the bytes",
        206: "those that `Range: bytes=` asks for",
        416: "the file has no such bytes",
      },
      async handler({ exchange, person, params: { id = "", path = "" } }) {
        need(access, person, { kind: "project", id }, "view");
        const file = files.find(id, filePath(path));
        if (!file) throw none();
        await sendFile(exchange, file, path);
      },
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/projects/{id}/files/{path*}",
      summary: "Renames a file; `path` is the new name, with its folders",
      tag: "Files",
      access: "signed-in",
      body: v.object({ path: v.string() }),
      sample: (things) => ({ ...sample(things), body: { path: "b.txt" } }),
      handler({ exchange, person, params: { id = "", path = "" }, body }) {
        need(access, person, { kind: "project", id }, "edit");
        const to = filePath(body.path);
        if (!files.rename(id, filePath(path), to)) throw none();
        exchange.json(200, { path: to });
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/projects/{id}/files/{path*}",
      summary: "Deletes a file",
      tag: "Files",
      access: "signed-in",
      sample,
      async handler({ exchange, person, params: { id = "", path = "" } }) {
        need(access, person, { kind: "project", id }, "edit");
        if (!(await files.remove(id, filePath(path)))) throw none();
        exchange.json(200, { ok: true });
      },
    }),
  ];
}

/** Answers with a file's bytes. */
export async function sendFile(
  exchange: Exchange,
  file: { readonly at: string },
  path: string,
): Promise<void> {
  const handle = await open(file.at, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    const tag = `"${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;
    // Half of a file from before does not go with half of the one from now.
    const same = exchange.header("if-range") === "" || exchange.header("if-range") === tag;
    const range = same ? rangeOf(exchange.header("range"), size) : undefined;
    if (range === "none") {
      const headers = { "Content-Range": `bytes */${size}`, "Content-Type": "application/json" };
      const message = `The file has ${size} bytes, and not those that were asked for.`;
      exchange.reply(416, headers, JSON.stringify({ error: "range", message }));
      return;
    }
    const { from, to } = range ?? { from: 0, to: size };
    exchange.begin(
      range ? 206 : 200,
      {
        "Accept-Ranges": "bytes",
        ETag: tag,
        ...(range && { "Content-Range": `bytes ${from}-${to - 1}/${size}` }),
        "Content-Type": "application/octet-stream",
        // What people put there runs nowhere, and never on this origin.
        "Content-Disposition": attachment(path.split("/").at(-1) ?? "file"),
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
      to - from,
    );
    const buffer = Buffer.alloc(READ_AT_ONCE);
    for (let at = from; at < to && !exchange.over; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, to - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
      await exchange.write(buffer.subarray(0, bytesRead));
    }
    exchange.finish();
  } finally {
    await handle.close();
  }
}

/**
 * The bytes that a Range header asks for, from and up to; undefined: all of them (also for several ranges, which nobody has to
 * serve). "none": the file has none of them.
 */
export function rangeOf(header: string, size: number): { from: number; to: number } | "none" | undefined {
  const [all, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (all === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    const from = Math.max(0, size - Number(last));
    return from < size ? { from, to: size } : "none";
  }
  const from = Number(first);
  const to = last === "" ? size : Math.min(size, Number(last) + 1);
  if (last !== "" && Number(last) < from) return undefined;
  return from < size ? { from, to } : "none";
}
