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
export function fileRoutes({ notebooks, access }: RouteDependencies): RouteSpec[] {
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
          const received = await files.write(upload, query.offset, length || 0, bodyParts(exchange, body));
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
      summary: "A file's bytes",
      tag: "Files",
      access: "signed-in",
      sample,
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
  file: { readonly at: string; readonly size: number },
  path: string,
): Promise<void> {
  const handle = await open(file.at, "r");
  try {
    exchange.begin(
      200,
      {
        "Content-Type": "application/octet-stream",
        // What people put there runs nowhere, and never on this origin.
        "Content-Disposition": attachment(path.split("/").at(-1) ?? "file"),
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
      file.size,
    );
    const buffer = Buffer.alloc(READ_AT_ONCE);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength);
      if (bytesRead === 0 || exchange.over) break;
      await exchange.write(buffer.subarray(0, bytesRead));
    }
    exchange.finish();
  } finally {
    await handle.close();
  }
}
