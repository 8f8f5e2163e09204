/** The nodes that are here, each by one or two links. */
import type { Person } from "../accounts/accounts.ts";
import { CloseCode, type Peer } from "./peer.ts";

/** Services that take the second link when there is one, so that they never hold up a picture. */
const BULK_SERVICES: ReadonlySet<string> = new Set(["files", "http", "bricks"]);

/** What is told of a node to those who may ask. */
export interface NodeSummary {
  readonly name: string;
  readonly adapter: string;
  readonly adapterKind: string;
  readonly encoder: string;
  readonly version: string;
  readonly services: readonly string[];
}

/** No node can be chosen: `message` says why, for people. */
export interface NoNode {
  readonly code: "unavailable" | "not_found";
  readonly message: string;
}

/** Nodes by name. */
export class Registry {
  readonly #control = new Map<string, Peer>();
  readonly #bulk = new Map<string, Peer>();
  readonly #known: Set<string>;

  /** `known`: names of nodes that were here before. */
  constructor(known: readonly string[]) {
    this.#known = new Set(known);
  }

  /** Adds a node's link after its HELLO. An older one of the same name is ended: its machine has lost it. */
  add(peer: Peer): void {
    const links = this.#links(peer);
    const old = links.get(peer.nodeName);
    links.set(peer.nodeName, peer);
    this.#known.add(peer.nodeName);
    if (old && old !== peer) old.end(CloseCode.REPLACED, "a newer connection of this node took its place");
  }

  /** Forgets a link that closed. */
  remove(peer: Peer): void {
    const links = this.#links(peer);
    if (links.get(peer.nodeName) === peer) links.delete(peer.nodeName);
  }

  list(): NodeSummary[] {
    return [...this.#control.values()].map((peer) => ({
      name: peer.nodeName,
      adapter: peer.hello?.node?.adapter ?? "",
      adapterKind: peer.hello?.node?.adapterKind ?? "",
      encoder: peer.hello?.node?.encoder ?? "",
      version: peer.hello?.version ?? "",
      services: peer.hello?.node?.services ?? [],
    }));
  }

  /** A node that offers a service: the person's default one where it does, else the first by name. */
  offering(service: string, person: Person): string | undefined {
    const names = this.list()
      .filter(({ services }) => services.includes(service))
      .map(({ name }) => name)
      .sort();
    return names.find((name) => name === person.defaultNode) ?? names[0];
  }

  /** The link that reaches `service` of the node called `name`, or of the person's default one when that is empty. */
  find(name: string, service: string, person: Person): Peer | NoNode {
    const chosen = name || this.#defaultNode(person);
    if (typeof chosen !== "string") return chosen;
    const control = this.#control.get(chosen);
    if (control) return BULK_SERVICES.has(service) ? (this.#bulk.get(chosen) ?? control) : control;
    return this.#known.has(chosen)
      ? {
          code: "unavailable",
          message: `Node ${chosen} is offline: start it, or wait until it has connected again.`,
        }
      : { code: "not_found", message: `No node called ${chosen} has ever connected here.` };
  }

  #defaultNode(person: Person): string | NoNode {
    if (person.defaultNode) return person.defaultNode;
    const online = [...this.#control.keys()];
    if (online.length === 1 && online[0]) return online[0];
    if (online.length > 1) {
      const names = online.sort().join(", ");
      return {
        code: "unavailable",
        message: `Several nodes are online (${names}): choose one in the settings.`,
      };
    }
    const [latest] = this.#known;
    if (latest) return latest;
    return { code: "unavailable", message: "No node has connected yet: start one with `eyepiece node`." };
  }

  #links(peer: Peer): Map<string, Peer> {
    return peer.hello?.role === "node-bulk" ? this.#bulk : this.#control;
  }
}
