/** `/v1/files`: each person's training files. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import * as v from "valibot";
import { invalid, notFound } from "../http/api-error.ts";
import type { Person } from "../http/person.ts";
import { readQuery, type TrainerRoutes } from "../http/router.ts";
import type { FileStore, TrainingFile } from "./store.ts";
import { type FileLimits, upload } from "./upload.ts";

/** A number in a query. */
export const Count = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, "it must be a whole number"),
    v.transform(Number),
    v.minValue(least, `it must be at least ${least}`),
    v.maxValue(most, `it must be at most ${most}`),
  );

const ListQuery = v.object({
  limit: v.optional(Count(1, 10_000), "10000"),
  after: v.optional(v.string()),
  order: v.optional(v.picklist(["asc", "desc"], "it must be asc or desc"), "desc"),
  purpose: v.optional(v.string()),
});

/** The routes. */
export const fileRoutes =
  (store: FileStore, limits?: FileLimits): TrainerRoutes =>
  (router) => {
    const find = (person: Person, id: string): TrainingFile => {
      const file = store.find(person.id, id);
      if (!file) throw notFound("file", id);
      return file;
    };
    router.post("/files", async (c) =>
      c.json(fileJson(await upload(c.req.raw, store, c.get("person").id, limits))),
    );
    router.get("/files", (c) => {
      const { limit, after, order, purpose } = readQuery(c.req.raw, ListQuery);
      const person = c.get("person");
      if (after !== undefined && !store.find(person.id, after))
        throw invalid(`There is no file ${after} to go on after.`, "after");
      const files = store.list(person.id, {
        ...{ limit: limit + 1, order },
        ...(after !== undefined && { after }),
        ...(purpose !== undefined && { purpose }),
      });
      const data = files.slice(0, limit).map(fileJson);
      return c.json({
        ...{ object: "list", data, has_more: files.length > limit },
        ...{ first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null },
      });
    });
    router.get("/files/:id", (c) => c.json(fileJson(find(c.get("person"), c.req.param("id")))));
    router.get("/files/:id/content", (c) => {
      const file = find(c.get("person"), c.req.param("id"));
      const body = Readable.toWeb(createReadStream(store.pathOf(file))) as ReadableStream<Uint8Array>;
      return new Response(body, {
        headers: {
          "content-type": "application/jsonl",
          "content-length": String(file.bytes),
          "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
        },
      });
    });
    router.delete("/files/:id", (c) => {
      const file = find(c.get("person"), c.req.param("id"));
      store.remove(file);
      return c.json({ id: file.id, object: "file", deleted: true });
    });
  };

/** A file as OpenAI's clients read it. */
function fileJson(file: TrainingFile) {
  const { id, bytes, filename, purpose, format, lines } = file;
  const created_at = Math.floor(file.createdMs / 1000);
  return { id, object: "file", bytes, created_at, filename, purpose, format, lines, status: "processed" };
}
