/** The locks of one execution: what waits for a person. Told by its events, so that a gateway that restarts knows them. */
import * as v from "valibot";
import type { NewEvent } from "./events.ts";

const LockMessage = v.object({ lid: v.string(), name: v.string(), data: v.unknown(), expires: v.number() });
const LeaseMessage = v.object({ lid: v.string() });

/** A lock that waits. `expires`: seconds since 1970. */
export type Lock = v.InferOutput<typeof LockMessage>;
/** What a lock is for who asks for it. */
export type LockState = "waiting" | "answered" | "unknown" | "expired";

/** All locks. */
export class Locks {
  readonly #waiting = new Map<string, Lock>();
  readonly #answered = new Set<string>();
  /** Locks whose answer is on its way. */
  readonly #taken = new Set<string>();

  /** Takes in an event; those that tell nothing of locks are passed over. */
  hear({ kind, message }: Pick<NewEvent, "kind" | "message">): void {
    if (kind === "lock") {
      const lock = v.safeParse(LockMessage, parsed(message));
      if (lock.success) this.#waiting.set(lock.output.lid, lock.output);
    } else if (kind === "lease") {
      const lease = v.safeParse(LeaseMessage, parsed(message));
      if (!lease.success) return;
      this.#waiting.delete(lease.output.lid);
      this.#taken.delete(lease.output.lid);
      this.#answered.add(lease.output.lid);
    } else if (kind === "status" && (message === "finished" || message === "error")) {
      for (const lid of this.#waiting.keys()) this.#answered.add(lid);
      this.#waiting.clear();
    }
  }

  /** Those that wait, oldest first. */
  list(): Lock[] {
    return [...this.#waiting.values()];
  }

  find(lid: string): Lock | undefined {
    return this.#waiting.get(lid);
  }

  state(lid: string): LockState {
    const lock = this.#waiting.get(lid);
    if (!lock) return this.#answered.has(lid) ? "answered" : "unknown";
    if (this.#taken.has(lid)) return "answered";
    return lock.expires < Date.now() / 1000 ? "expired" : "waiting";
  }

  /** Takes a lock for one answer; false where another has it. */
  take(lid: string): boolean {
    if (this.state(lid) !== "waiting") return false;
    this.#taken.add(lid);
    return true;
  }

  /** The answer did not reach the run: another may be given. */
  giveBack(lid: string): void {
    this.#taken.delete(lid);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
