/** Plain JSON from outside, made safe to keep: bounded depth, whole Unicode, no key that changes what an object inherits. */
import { NotebookError } from "./error.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** How deep values may be nested: encoders of documents recurse, and a deeper one would overflow their stack. */
export const MAX_DEPTH = 200;

/** Whether a value is a plain object: no list, and no instance of a class. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A copy that holds JSON alone. Lone surrogates become U+FFFD, as any encoding as UTF-8 would make them, members named
 * `__proto__` are left out, and what JSON cannot say is null.
 */
export function plainJson(value: unknown): Json {
  return copy(value, 0, () => null);
}

/** As `plainJson`, of an object; anything else is an empty one. */
export function plainObject(value: unknown): JsonObject {
  return isObject(value) ? copyObject(value, 0, () => null) : {};
}

/**
 * As `plainObject`, of what comes from a file.
 * @throws NotebookError where it is nested deeper than MAX_DEPTH
 */
export function boundedObject(value: Readonly<Record<string, unknown>>): JsonObject {
  return copyObject(value, 0, () => {
    throw new NotebookError(
      `The notebook is nested deeper than ${MAX_DEPTH} levels, which is not supported.`,
    );
  });
}

function copy(value: unknown, depth: number, tooDeep: () => Json): Json {
  if (depth > MAX_DEPTH) return tooDeep();
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1, tooDeep));
  return isObject(value) ? copyObject(value, depth, tooDeep) : null;
}

function copyObject(
  value: Readonly<Record<string, unknown>>,
  depth: number,
  tooDeep: () => Json,
): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__" || item === undefined) continue;
    entries.push([key.toWellFormed(), copy(item, depth + 1, tooDeep)]);
  }
  return Object.fromEntries(entries);
}

/** Whether two JSON values are equal; the order of members does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item: Json, index) => sameJson(item, b[index]));
  }
  const [left, right] = [a as JsonObject, b as JsonObject];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}
