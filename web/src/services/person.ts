/** Who is at the page: the owner link's token, the cookie's session, and what to do without either. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";

const Person = v.object({ id: v.string(), name: v.string(), role: v.string() });
/** Someone whom the relay knows. */
export type Person = v.InferOutput<typeof Person>;

/** unknown: not asked yet, or the relay did not answer. */
export type PersonState =
  | { readonly phase: "unknown" }
  | { readonly phase: "signed-in"; readonly person: Person }
  /** `reason` is a sentence for the person. */
  | { readonly phase: "signed-out"; readonly reason: string };

/** Asks the relay's /api/auth. */
export class PersonService {
  readonly #state = signal<PersonState>({ phase: "unknown" });
  readonly state: ReadonlySignal<PersonState> = this.#state;

  /** Exchanges the address's owner token, if there is one, and asks who this is. Never rejects. */
  async begin(): Promise<void> {
    const token = takeOwnerToken();
    if (token !== undefined && (await this.#exchange(token))) return;
    await this.refresh();
  }

  /** Asks again who this is. */
  async refresh(): Promise<void> {
    try {
      const response = await fetch("/api/auth/me", { headers: { accept: "application/json" } });
      if (response.ok) this.#state.value = { phase: "signed-in", person: await readPerson(response) };
      else if (response.status === 401) this.#signOutLocally("You are not signed in on this browser.");
    } catch (cause) {
      console.info("The relay did not say who this is:", cause);
    }
  }

  /** Ends the session on the relay. @throws when the relay does not answer */
  async signOut(): Promise<void> {
    await fetch("/api/auth/logout", { method: "POST" });
    this.#signOutLocally("You are signed out.");
  }

  async #exchange(token: string): Promise<boolean> {
    try {
      const response = await fetch("/api/auth/link", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token }),
      });
      if (response.ok) {
        this.#state.value = { phase: "signed-in", person: await readPerson(response) };
        return true;
      }
      // Perhaps the cookie of an earlier link still holds: the link itself is good for one use only.
      await this.refresh();
      if (this.#state.value.phase !== "signed-in") {
        this.#signOutLocally("This owner link was used before, or it is older than 15 minutes.");
      }
      return true;
    } catch (cause) {
      console.info("The relay did not take the owner link:", cause);
      return false;
    }
  }

  #signOutLocally(reason: string): void {
    this.#state.value = { phase: "signed-out", reason };
  }
}

async function readPerson(response: Response): Promise<Person> {
  const body: unknown = await response.json();
  const flat = v.safeParse(Person, body);
  if (flat.success) return flat.output;
  return v.parse(v.object({ user: Person }), body).user;
}

/** The token behind #owner=, which leaves the address and the history entry at once. */
export function takeOwnerToken(): string | undefined {
  const match = /^#owner=([A-Za-z0-9_-]{8,512})$/.exec(location.hash);
  if (!match) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return match[1];
}
