/** `/files`: uploads in parts, and the files of an execution. */

import { randomUUID } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "hono";
import * as v from "valibot";
import type { Executions } from "../executions/executions.ts";
import { listFiles, removeFiles } from "../files/files.ts";
import { existing, partsOf } from "../files/paths.ts";
import { MAX_CHUNK, type NamedUploads, Uploads, type WholeUpload } from "../files/uploads.ts";
import type { UploadsOfForms } from "../launching/launcher.ts";
import { FlowsHttpError } from "./errors.ts";
import { mine } from "./output-routes.ts";
import { bodyOf, type FlowsEnv, type FlowsRoutes, formOf, readBody } from "./router.ts";

const Init = v.object({
  filename: v.pipe(v.string(), v.minLength(1)),
  total_chunks: v.number(),
  batch_id: v.nullish(v.string()),
});
const Complete = v.object({
  upload_id: v.string(),
  fid: v.nullish(v.string()),
  batch_id: v.nullish(v.string()),
});
const Batch = v.record(v.string(), v.looseObject({ filename: v.string(), totalChunks: v.number() }));

/** Files of forms: their names for the handler, themselves for the run. */
export function uploadsOfForms(
  uploads: Uploads,
  folderOf: (execution: { user: string; fid: string }) => string,
): UploadsOfForms {
  return {
    take: (user, fields) => {
      const taken: WholeUpload[] = [];
      const named: Record<string, unknown> = { ...fields };
      for (const [name, value] of Object.entries(fields)) {
        const items = Uploads.named(value);
        if (!items) continue;
        const whole = uploads.whole(user, items);
        taken.push(...whole);
        named[name] = whole.map(({ filename }) => filename);
      }
      return { fields: named, place: (execution) => uploads.place(user, taken, folderOf(execution)) };
    },
    keep: (user, filename, bytes) => {
      const parts = Math.ceil(bytes.byteLength / MAX_CHUNK);
      const id = uploads.begin(user, filename, parts);
      for (let part = 0; part < parts; part++)
        uploads.chunk(user, id, part, bytes.subarray(part * MAX_CHUNK, (part + 1) * MAX_CHUNK));
      return id;
    },
    cancel: (user, id) => uploads.cancel(user, id),
  };
}

/** The routes. */
export function fileRoutes(executions: Executions, uploads: Uploads): FlowsRoutes {
  return (router) => {
    router.post("/files/init_batch", (c) => c.json({ batch_id: randomUUID() }, 201));
    router.post("/files/init", async (c) => {
      const { filename, total_chunks, batch_id } = await readBody(c.req.raw, Init);
      const upload_id = uploads.begin(c.get("person").id, filename, total_chunks);
      return c.json({ upload_id, batch_id: batch_id ?? null }, 201);
    });
    router.post("/files/chunk", async (c) => {
      const form = await formOf(c.req.raw, await bodyOf(c.req.raw, MAX_CHUNK + 64 * 1024));
      const [id, number, chunk] = [form.get("upload_id"), form.get("chunk_number"), form.get("chunk")];
      if (typeof id !== "string" || typeof number !== "string" || chunk === null || typeof chunk === "string")
        throw new FlowsHttpError(400, "A part has the fields upload_id, chunk_number and chunk, a file.");
      const bytes = new Uint8Array(await chunk.arrayBuffer());
      const received_chunks = uploads.chunk(c.get("person").id, id, Number(number), bytes);
      return c.json({ status: "chunk received", chunk_number: Number(number), received_chunks }, 201);
    });
    router.post("/files/complete/in", async (c) => {
      const { upload_id, fid, batch_id } = await readBody(c.req.raw, Complete);
      const user = c.get("person").id;
      const [whole] = uploads.whole(user, { [upload_id]: { filename: "", totalChunks: 0 } });
      if (!whole) throw new FlowsHttpError(400, "No upload was named.");
      if (fid) uploads.place(user, [whole], executions.folder(mine(executions, c, fid)));
      return c.json(completed(whole, fid ?? batch_id ?? upload_id, batch_id ?? null), 201);
    });
    router.post("/files/complete/:fid/:batch/in", async (c) => {
      const named = await readBody(c.req.raw, Batch);
      const execution = mine(executions, c);
      const whole = uploads.whole(c.get("person").id, named as NamedUploads);
      uploads.place(c.get("person").id, whole, executions.folder(execution));
      return c.json(
        whole.map((one) => completed(one, execution.fid, c.req.param("batch"))),
        201,
      );
    });
    router.delete("/files/cancel/:upload", (c) => {
      uploads.cancel(c.get("person").id, c.req.param("upload"));
      return c.body(null, 204);
    });
    router.get("/files/:fid/*", (c) => {
      const execution = mine(executions, c);
      const path = pathOf(c, execution.fid);
      const real = existing(executions.folder(execution), path);
      const stat = statSync(real);
      if (!stat.isFile()) return c.json(listFiles(executions.folder(execution), path));
      const name = encodeURIComponent(basename(real)).replaceAll("'", "%27");
      return new Response(Readable.toWeb(createReadStream(real)) as ReadableStream, {
        headers: {
          "content-type": "application/octet-stream",
          "content-length": String(stat.size),
          // Never shown on the app's origin: it is somebody's file.
          "content-disposition": `attachment; filename="${name}"; filename*=UTF-8''${name}`,
          "x-content-type-options": "nosniff",
        },
      });
    });
    router.delete("/files/:fid/*", (c) => {
      const execution = mine(executions, c);
      removeFiles(executions.folder(execution), pathOf(c, execution.fid));
      return c.body(null, 204);
    });
  };
}

/** The path behind the execution's name. @throws PathError, FlowsHttpError */
function pathOf(c: Context<FlowsEnv>, fid: string): string {
  const raw = c.req.path.slice(`/files/${fid}/`.length);
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    throw new FlowsHttpError(400, "The path is not encoded as addresses are.");
  }
  partsOf(path);
  return path;
}

function completed({ filename }: WholeUpload, completion_id: string, batch_id: string | null) {
  return {
    ...{ status: "upload complete", completion_id, batch_id, final_file: filename },
    final_path: `${completion_id}/${filename}`,
  };
}
