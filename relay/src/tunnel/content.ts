/**
 * The content origin: addresses on which what people and services made is shown, away from the app's origin and its
 * cookie. Each ticket is one random host name (or path, where the content origin is a single host) for one service.
 */
import { randomBytes } from "node:crypto";
import type { HeldBy } from "../accounts/ended.ts";

/** What a ticket opens. */
export interface Ticket {
  /** The sign-in that it ends with. */
  readonly held: HeldBy;
  readonly node: string;
  readonly service: string;
}

const LIFETIME_MS = 12 * 3_600_000;
const MAX_TICKETS = 10_000;
const PATH = /^\/~([0-9a-f]{32})(\/.*)?$/;

/** Where a request on the content origin leads; `ticket` is undefined when it is not valid any more. */
export interface ContentRequest {
  readonly ticket: Ticket | undefined;
  readonly path: string;
  readonly prefix: string;
}

/** Tickets of one relay. They are lost when it restarts: pages then ask for new ones. */
export class ContentOrigin {
  readonly #pattern: string;
  readonly #tickets = new Map<string, Ticket & { expires: number }>();

  /** `pattern`: an origin; a `*` label in it stands for the ticket, as in `http://*.localhost:7070`. */
  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** What pages may show in frames, as a CSP source. */
  get source(): string {
    return this.#pattern;
  }

  /** A new ticket's address, with a slash at its end. */
  issue(ticket: Ticket): string {
    const id = randomBytes(16).toString("hex");
    const [oldest] = this.#tickets.keys();
    if (this.#tickets.size >= MAX_TICKETS && oldest !== undefined) this.#tickets.delete(oldest);
    this.#tickets.set(id, { ...ticket, expires: Date.now() + LIFETIME_MS });
    return this.#pattern.includes("*") ? `${this.#pattern.replace("*", id)}/` : `${this.#pattern}/~${id}/`;
  }

  /** Ends the tickets of sign-ins that are over. */
  revoke(isOver: (held: HeldBy) => boolean): void {
    for (const [id, ticket] of this.#tickets) if (isOver(ticket.held)) this.#tickets.delete(id);
  }

  /** Reads a request's Host and path; undefined when it is not for the content origin. */
  find(host: string, path: string): ContentRequest | undefined {
    const [, pattern = ""] = this.#pattern.split("://");
    if (!pattern.includes("*")) {
      if (host !== pattern) return undefined;
      const [, id = "", rest = "/"] = PATH.exec(path) ?? [];
      return { ticket: this.#valid(id), path: rest, prefix: `/~${id}` };
    }
    const [before = "", after = ""] = pattern.split("*");
    if (!host.startsWith(before) || !host.endsWith(after)) return undefined;
    const id = host.slice(before.length, host.length - after.length);
    return id.length > 0 ? { ticket: this.#valid(id), path, prefix: "" } : undefined;
  }

  #valid(id: string): Ticket | undefined {
    const ticket = this.#tickets.get(id);
    return ticket && ticket.expires > Date.now() ? ticket : undefined;
  }
}
