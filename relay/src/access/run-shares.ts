/** Runs of flows that are shared: whose a run is, the node knows; who may look at it, the relay. */
import type { Accounts, Person } from "../accounts/accounts.ts";
import { HttpError } from "../http/exchange.ts";
import type { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import type { Target } from "../tunnel/http.ts";
import type { Access } from "./access.ts";
import { askService } from "./node-belongings.ts";

/** What of a run one looks at; answers to its locks, its end and what follows on it are its owner's. */
const LOOKS = /^\/(?:outputs\/(?:status|stream|main|stdio|html|raw)|files)\/([0-9a-f]{24})(?:[/?]|$)/;
const FID = /^[0-9a-f]{24}$/;

/** In whose name a request goes to the node, and where. */
export interface Reached {
  readonly person: Person;
  readonly target: Target;
  /** The run that was given to who asks. */
  readonly run: string;
}

/** Whether a run is a person's own. @throws HttpError where the node does not answer */
export async function ownsRun(
  switchboard: Switchboard,
  person: Person,
  node: string,
  run: string,
): Promise<boolean> {
  if (!FID.test(run)) return false;
  try {
    await askService(switchboard, person, node, { service: "flows", path: `/outputs/status/${run}` }, "GET");
    return true;
  } catch (cause) {
    if (cause instanceof HttpError && cause.status === 404) return false;
    throw cause;
  }
}

/** Requests that look at another's run, and what is open by them. */
export class RunShares {
  readonly #accounts: Pick<Accounts, "person">;
  readonly #access: Access;
  readonly #open = new WeakMap<Peer, { readonly user: string; readonly run: string }>();

  constructor(accounts: Pick<Accounts, "person">, access: Access, switchboard: Switchboard) {
    this.#accounts = accounts;
    this.#access = access;
    access.onRevoked((user, kind, id) => {
      if (kind !== "run" || access.givenOn(user, { kind, id })) return;
      switchboard.revoke((peer) => {
        const open = this.#open.get(peer);
        return open?.user === user && open.run === id;
      }, "not shared any more");
    });
  }

  /**
   * A request that looks at a run which was given to this person: it goes to the node in the giver's name, and can do nothing
   * but look. Undefined for every other request.
   */
  reach(method: string, target: Target, person: Person): Reached | undefined {
    if (target.service !== "flows" || (method !== "GET" && method !== "HEAD")) return undefined;
    const run = LOOKS.exec(target.path)?.[1];
    const given = run === undefined ? undefined : this.#access.givenOn(person.id, { kind: "run", id: run });
    // A program's token looks only where it may look at all.
    if (run === undefined || !given?.rights.includes("view")) return undefined;
    if (person.role !== "guest" && !person.rights.includes("view")) return undefined;
    const owner = this.#accounts.person(given.grantedBy);
    return owner && { person: owner, target: { ...target, node: given.node }, run };
  }

  /** Remembers by whose leave a channel is open, so that it ends with that. */
  opened(peer: Peer, user: string, run: string): void {
    this.#open.set(peer, { user, run });
  }
}
