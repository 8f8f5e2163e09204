/** Files that a tool is called with: within the call, or uploaded before it. */
import * as v from "valibot";
import type { FormElement, ObjectSchema } from "../launching/json-schema.ts";
import type { UploadsOfForms } from "../launching/launcher.ts";

/** Of one field. */
const MAX_FILES = 64;
/** What a call may have as a whole, in words: base64 takes a third more than what it stands for. */
const MOST = "3 MB of files in all";
const SHAPE = "is a list of files, each of them {name, content}, with the content as base64, or {upload_id}";

const Given = v.pipe(
  v.array(
    v.union([
      v.strictObject({
        name: v.pipe(v.string(), v.minLength(1)),
        content: v.pipe(v.string(), v.base64()),
      }),
      v.strictObject({ upload_id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/)) }),
    ]),
  ),
  v.maxLength(MAX_FILES, `has more than ${MAX_FILES} files`),
);

/** A file that cannot be taken as it was given; the sentence says why. */
class GivenFileError extends Error {
  override readonly name = "GivenFileError";
}

/** The schema with the fields of files, as tools take them. */
export function withFiles(schema: ObjectSchema, elements: readonly FormElement[]): ObjectSchema {
  const files = elements.filter(({ type, name }) => type === "file" && name);
  if (files.length === 0) return schema;
  const properties = { ...schema.properties };
  for (const { name, label, multiple, directory } of files)
    properties[name ?? ""] = {
      type: "array",
      maxItems: multiple || directory ? MAX_FILES : 1,
      description: `${label ?? name}: ${MOST}, as base64; larger ones are uploaded by POST /files/init and /files/chunk first, and named by upload_id`,
      items: {
        oneOf: [
          object({
            name: { type: "string", description: "the file's name" },
            content: { type: "string", contentEncoding: "base64" },
          }),
          object({ upload_id: { type: "string" } }),
        ],
      },
    };
  const required = files.flatMap(({ name, required: needed }) => (needed && name ? [name] : []));
  const all = [...(schema.required ?? []), ...required];
  return { ...schema, properties, ...(all.length > 0 && { required: all }) };
}

function object(properties: Record<string, object>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** Files of one call, made uploads of its person, as a form names them. */
export class GivenFiles {
  readonly #uploads: UploadsOfForms;
  readonly #user: string;
  readonly #made: string[] = [];

  constructor(uploads: UploadsOfForms, user: string) {
    this.#uploads = uploads;
    this.#user = user;
  }

  /** The fields with uploads in the place of files. @throws GivenFileError, PathError */
  taken(elements: readonly FormElement[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const fields: Record<string, unknown> = { ...given };
    for (const { type, name } of elements) {
      if (type !== "file" || !name || !Object.hasOwn(given, name)) continue;
      const read = v.safeParse(Given, given[name]);
      if (!read.success) {
        const [issue] = read.issues;
        // What was given is not repeated: it may be the file.
        const what = issue.type === "max_length" ? issue.message : SHAPE;
        throw new GivenFileError(`${name} ${what}.`);
      }
      const ids = read.output.map((file) => ("upload_id" in file ? file.upload_id : this.#upload(file)));
      const items = Object.fromEntries(ids.map((id) => [id, { filename: "", totalChunks: 0 }]));
      // A field without files is one that was not filled in.
      if (ids.length > 0) fields[name] = JSON.stringify({ batchId: "", items });
      else delete fields[name];
    }
    return fields;
  }

  /** No run has taken them: what was made for this call goes. */
  forget(): void {
    for (const id of this.#made.splice(0)) this.#uploads.cancel(this.#user, id);
  }

  #upload({ name, content }: { readonly name: string; readonly content: string }): string {
    const id = this.#uploads.keep(this.#user, name, Buffer.from(content, "base64"));
    this.#made.push(id);
    return id;
  }
}
