/** What one may wish of a run when it is started, as it comes: `?retries=2&webhook=https://...` at a form's address. */
import type { LaunchOptions } from "../launching/launches.ts";
import { MAX_RETRIES } from "../services/client.ts";
import { AddressError, type Allowed, readAddress } from "../webhooks/addresses.ts";
import { FlowsHttpError } from "./errors.ts";

/** The wishes of a request. @throws FlowsHttpError 400 */
export function launchOptionsOf(query: Readonly<Record<string, string>>, allowed: Allowed): LaunchOptions {
  const webhook = webhookOf(query.webhook, allowed);
  const retries = query.retries ? retriesOf(Number(query.retries)) : 0;
  return { ...(retries > 0 && { retries }), ...(webhook && { webhook }) };
}

/** @throws FlowsHttpError 400 */
export function retriesOf(retries = 0): number {
  if (Number.isInteger(retries) && retries >= 0 && retries <= MAX_RETRIES) return retries;
  throw new FlowsHttpError(400, `retries: it is a whole number from 0 to ${MAX_RETRIES}.`);
}

/** @throws FlowsHttpError 400 */
export function webhookOf(webhook: string | undefined, allowed: Allowed): string | undefined {
  if (!webhook) return undefined;
  try {
    return readAddress(webhook, allowed).href;
  } catch (cause) {
    if (cause instanceof AddressError) throw new FlowsHttpError(400, `webhook: ${cause.message}`);
    throw cause;
  }
}
