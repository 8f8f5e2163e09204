/** Who is at the page: by the owner's link, a password, a share link or the cookie of before; and what to do without any. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import { localStore } from "../documents/local-store.ts";
import { ApiError, api } from "./api.ts";

const Person = v.object({
  id: v.string(),
  name: v.string(),
  role: v.string(),
  username: v.optional(v.string(), ""),
  email: v.optional(v.string(), ""),
  /** Whoever entered by the owner's link has none yet. */
  has_password: v.optional(v.boolean(), true),
});
/** Someone whom the relay knows. */
export type Person = v.InferOutput<typeof Person>;

/** unknown: not asked yet. `kept`: the relay does not answer, and this is who was here last. */
export type PersonState =
  | { readonly phase: "unknown" }
  | { readonly phase: "signed-in"; readonly person: Person; readonly kept: boolean }
  /** `reason` is a sentence for the person. */
  | { readonly phase: "signed-out"; readonly reason: string };

/** What someone types who registers. */
export interface Registration {
  readonly username: string;
  readonly email?: string;
  readonly password: string;
  readonly name?: string;
  readonly invitation?: string;
}

const KEY = "eyepiece.person";
const SHARED = "eyepiece.shared";
/** What was shown last on this browser; the next person has no use for it. */
export const LAST_SHOWN = ["eyepiece.session", "eyepiece.notebook"] as const;

/** Asks the relay's /api/auth. */
export class PersonService {
  readonly #state = signal<PersonState>({ phase: "unknown" });
  readonly state: ReadonlySignal<PersonState> = this.#state;
  /** Whether this page was opened by the owner's link. */
  byOwnerLink = false;

  /** Who is signed in, or was when there was a network; undefined for nobody. */
  get person(): Person | undefined {
    const state = this.#state.value;
    return state.phase === "signed-in" ? state.person : undefined;
  }

  /** Exchanges the address's owner token, if there is one, and asks who this is. Never rejects. */
  async begin(): Promise<void> {
    const token = takeOwnerToken();
    this.byOwnerLink = token !== undefined;
    if (token !== undefined && (await this.#exchange(token))) return;
    await this.refresh();
  }

  /** Asks again who this is. */
  async refresh(): Promise<void> {
    try {
      this.#here(v.parse(Person, plain(await api<unknown>("GET", "/api/auth/me"))));
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 401) {
        // Why nobody is here was said already: signed out, or the account was deleted.
        if (this.#state.value.phase === "signed-out") return;
        // A guest's account lives as long as the link.
        const ended = (this.person ?? remembered())?.role === "guest";
        this.#signOutLocally(
          ended
            ? "What was shared with you was withdrawn, or its time is over. Ask whoever shared it for a new link."
            : "You are not signed in on this browser.",
        );
      } else if (this.#state.value.phase === "unknown") this.#remember();
      else console.info("The relay did not say who this is:", cause);
    }
  }

  /** @throws ApiError with the relay's sentence */
  async signIn(username: string, password: string): Promise<void> {
    await this.#enter("/api/auth/login", { username, password });
  }

  /** @throws ApiError with the relay's sentence */
  async register(registration: Registration): Promise<void> {
    await this.#enter("/api/auth/register", registration);
  }

  /** Sets a new password by a link, and signs in where the relay does. @throws ApiError */
  async reset(token: string, password: string): Promise<void> {
    await this.#enter("/api/auth/reset", { token, password });
  }

  /** Takes a share link: as a guest, or in addition to what one has. @returns where to go @throws ApiError */
  async redeem(token: string, password?: string): Promise<string> {
    const body = password === undefined ? { token } : { token, password };
    const { path } = await api<{ path: string }>("POST", "/api/shares/redeem", { body });
    await this.refresh();
    if (this.person?.role === "guest") localStorage.setItem(SHARED, path);
    return path;
  }

  /** Ends the session on the relay. What this browser kept of the person's documents goes, too. @throws ApiError */
  async signOut(everywhere = false): Promise<void> {
    await api("POST", everywhere ? "/api/auth/logout-everywhere" : "/api/auth/logout");
    await localStore.clear().catch(() => {});
    this.#signOutLocally("You are signed out.");
  }

  async #enter(path: string, body: unknown): Promise<void> {
    const before = remembered();
    const person = v.safeParse(Person, plain(await api<unknown>("POST", path, { body })));
    if (!person.success) {
      await this.refresh();
      return;
    }
    // What one person kept is not the next one's to see.
    if (before !== undefined && before.id !== person.output.id) {
      await localStore.clear().catch(() => {});
      for (const key of LAST_SHOWN) localStorage.removeItem(key);
    }
    this.#here(person.output);
  }

  async #exchange(token: string): Promise<boolean> {
    try {
      await this.#enter("/api/auth/link", { token });
      return true;
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 0) return false;
      // Perhaps the cookie of an earlier link still holds: the link itself is good for one use only.
      await this.refresh();
      if (this.#state.value.phase !== "signed-in")
        this.#signOutLocally("This owner link was used before, or it is older than 15 minutes.");
      return true;
    }
  }

  #here(person: Person): void {
    this.#state.value = { phase: "signed-in", person, kept: false };
    localStorage.setItem(KEY, JSON.stringify(person));
  }

  #remember(): void {
    const person = remembered();
    if (person) this.#state.value = { phase: "signed-in", person, kept: true };
  }

  /** Where the link led by which a guest came; for others undefined. */
  get sharedPath(): string | undefined {
    const path = this.person?.role === "guest" ? localStorage.getItem(SHARED) : null;
    return path !== null && /^\/(?:view|notebook|project|flows\/runs)\/[\w-]+$/.test(path) ? path : undefined;
  }

  /** Takes a change of the person's own account. */
  changed(person: unknown): void {
    const before = this.person;
    const parsed = v.safeParse(Person, person);
    if (before && parsed.success) this.#here({ ...parsed.output, has_password: before.has_password });
  }

  /** The account is gone, with what this browser kept of it. */
  async gone(): Promise<void> {
    await localStore.clear().catch(() => {});
    this.#signOutLocally("Your account is deleted.");
  }

  #signOutLocally(reason: string): void {
    for (const key of [KEY, SHARED, ...LAST_SHOWN]) localStorage.removeItem(key);
    this.#state.value = { phase: "signed-out", reason };
  }
}

/** Who was here last on this browser. */
function remembered(): Person | undefined {
  try {
    return v.parse(Person, JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    // Nobody, or an older page's words.
    return undefined;
  }
}

/** Answers tell a person as they are or as `user`. */
function plain(body: unknown): unknown {
  return typeof body === "object" && body !== null && "user" in body ? body.user : body;
}

/** The token behind #owner=, which leaves the address and the history entry at once. */
export function takeOwnerToken(): string | undefined {
  return takeFragment("owner");
}

/** A secret behind `#name=`, which leaves the address and the history entry at once. */
export function takeFragment(name: string): string | undefined {
  const match = new RegExp(`^#${name}=([A-Za-z0-9_-]{8,512})$`).exec(location.hash);
  if (!match) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return match[1];
}
