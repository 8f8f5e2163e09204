/** Word of a run's end to an address, signed as Standard Webhooks says (standardwebhooks.com): whoever has the key can check who wrote. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "undici";
import { CANCELLED } from "../executions/events.ts";
import type { Execution } from "../executions/register.ts";
import { type Allowed, publicLookup, readAddress } from "./addresses.ts";

/** Of one try, from the connection to the answer's head. */
const TIMEOUT_MS = 10_000;
/** Of an answer nothing is read but that it was good. */
const MAX_HEADERS = 16 * 1024;
const MAX_ANSWER = 64 * 1024;

/** By what is sent. */
export interface WebhookSettings {
  readonly allowed: Allowed;
  /** Of the node; each person's key is made of it. */
  readonly secret: Buffer;
  readonly agent: Agent;
}

/** Reads the node's secret, made where there is none. @param allow hosts with a comma between them */
export function webhookSettings(file: string, allow: string): WebhookSettings {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  const allowed = new Set(
    allow
      .split(",")
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  );
  const agent = new Agent({
    connect: { lookup: publicLookup(allowed), timeout: TIMEOUT_MS },
    ...{ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, maxHeaderSize: MAX_HEADERS, connections: 8 },
  });
  return { allowed, secret: readFileSync(file), agent };
}

/** A person's key: what they give to whom they have told of. */
export function keyOf({ secret }: WebhookSettings, user: string): string {
  return `whsec_${rawKey(secret, user).toString("base64")}`;
}

function rawKey(secret: Buffer, user: string): Buffer {
  return createHmac("sha256", secret).update(`webhook ${user}`).digest();
}

/** The signature of a message. @param key as `keyOf` tells it */
export function signatureOf(key: string, id: string, timestamp: number, body: string): string {
  const raw = Buffer.from(key.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", raw).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** Whether a signature is a message's, for who takes it. */
export function verified(key: string, id: string, timestamp: number, body: string, given: string): boolean {
  const [mine, theirs] = [Buffer.from(signatureOf(key, id, timestamp, body)), Buffer.from(given)];
  return mine.byteLength === theirs.byteLength && timingSafeEqual(mine, theirs);
}

/** What is told. Results are not: whoever wants them asks for them, as the person. */
export function messageOf(execution: Execution, attempt: number): Record<string, unknown> {
  const { fid, state, flow, about, error, startup, finish } = execution;
  const type = state === "finished" ? "run.finished" : error === CANCELLED ? "run.cancelled" : "run.failed";
  const iso = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString());
  return {
    type,
    timestamp: iso(finish ?? startup),
    data: {
      ...{ fid, status: state, app_url: flow, summary: about.summary, error, attempt },
      ...{ startup: iso(startup), finish: iso(finish), status_url: `/api/flows/outputs/status/${fid}` },
    },
  };
}

/** One try. Where it leads on is not followed. @throws Error with a sentence, where it was not taken */
export async function deliver(
  settings: WebhookSettings,
  address: string,
  execution: Execution,
  attempt: number,
): Promise<void> {
  const url = readAddress(address, settings.allowed);
  const body = JSON.stringify(messageOf(execution, attempt));
  const timestamp = Math.floor(Date.now() / 1000);
  const id = `msg_${execution.fid}`;
  const answer = await request(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "Eyepiece-Flows",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signatureOf(keyOf(settings, execution.user), id, timestamp, body),
    },
    dispatcher: settings.agent,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // What it says beyond that is passed over, and not for long.
  await answer.body.dump({ limit: MAX_ANSWER }).catch(() => {});
  const { statusCode } = answer;
  if (statusCode < 200 || statusCode > 299) throw new Error(`The address answered ${statusCode}.`);
}
