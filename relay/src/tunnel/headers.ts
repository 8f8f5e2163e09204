/** What of an HTTP message's headers passes the tunnel, either way. */
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";

type Header = eyepiece.node.Header.$Properties;

/** Headers that belong to one connection, not to the message. */
const HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
/** What proves the person to the relay is no business of a service. */
const SECRET = new Set(["cookie", "authorization"]);
/** What would give a service power over the origin that it is shown on. */
const POWER = new Set([
  "set-cookie",
  "set-cookie2",
  "service-worker-allowed",
  "clear-site-data",
  "strict-transport-security",
  "public-key-pins",
  "alt-svc",
]);

/** Headers of a request on its way to a service. The node adds who asks. */
export function requestHeaders(
  headers: ReadonlyMap<string, string>,
  prefix: string,
  scheme: string,
): Header[] {
  const passed: Header[] = [];
  for (const [name, value] of headers) {
    if (HOP.has(name) || SECRET.has(name) || name === "host" || name === "expect") continue;
    if (name.startsWith("x-eyepiece-") || name.startsWith("x-forwarded-") || name === "forwarded") continue;
    if (name.startsWith("sec-websocket-") && name !== "sec-websocket-protocol") continue;
    passed.push({ name, value });
  }
  passed.push({ name: "x-forwarded-proto", value: scheme });
  const host = headers.get("host");
  if (host) passed.push({ name: "x-forwarded-host", value: host });
  if (prefix) passed.push({ name: "x-forwarded-prefix", value: prefix });
  return passed;
}

/** An answer's headers as they leave the relay, and the body's length when the service tells it. */
export interface AnswerHeaders {
  readonly headers: Record<string, string[]>;
  readonly length: number | undefined;
}

/**
 * Headers of a service's answer.
 * @param own the answer is shown on the app's own origin: it is boxed in, and lends its leave to no other origin
 */
export function answerHeaders(headers: readonly Header[], own: boolean): AnswerHeaders {
  const passed: Record<string, string[]> = {};
  let length: number | undefined;
  for (const { name: rawName, value } of headers) {
    const name = rawName?.toLowerCase() ?? "";
    if (!isToken(name) || value === null || value === undefined || /[\r\n\0]/.test(value)) continue;
    if (HOP.has(name) || POWER.has(name)) continue;
    if (own && name.startsWith("access-control-")) continue;
    if (name === "content-length") {
      length = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
      continue;
    }
    // The library writes its own.
    if (name === "date") continue;
    passed[name] ??= [];
    passed[name].push(value);
  }
  if (own) {
    passed["content-security-policy"] ??= [];
    passed["content-security-policy"].push("sandbox allow-scripts allow-forms");
  }
  passed["x-content-type-options"] = ["nosniff"];
  passed["referrer-policy"] = ["no-referrer"];
  return { headers: passed, length };
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name);
}
