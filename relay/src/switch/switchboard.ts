/**
 * Joins channels of browsers to channels of nodes. Payloads of DATA pass unread: a message's channel id is rewritten in
 * place and the message goes out as it came.
 */
import { allowed, SERVICE_RIGHTS } from "@eyepiece/protocol/rights.ts";
import { ChannelError, ProtocolError } from "@eyepiece/protocol/wire/errors.ts";
import {
  type Credit,
  decodeCredit,
  type Header,
  Kind,
  PingFlag,
  payloadOf,
  readHeader,
  rewriteChannel,
} from "@eyepiece/protocol/wire/header.ts";
import { MAX_CHANNELS } from "@eyepiece/protocol/wire/link.ts";
import { decodeMessage, encodeMessage, type eyepiece, wire } from "@eyepiece/protocol/wire/messages.ts";
import { agreeVersion, PROTOCOL_MAX, PROTOCOL_MIN } from "@eyepiece/protocol/wire/version.ts";
import type { ChannelRule, ChannelWish } from "../access/channels.ts";
import { CloseCode, Peer, payloadLength } from "./peer.ts";
import type { Registry } from "./registry.ts";
import { Route, type RouteGrant } from "./route.ts";

/** What happens to links, for those who watch. */
export interface SwitchEvents {
  onNode(name: string, online: boolean): void;
}

/** The switch of one relay. */
export class Switchboard {
  readonly registry: Registry;
  readonly #version: string;
  readonly #events: SwitchEvents;
  readonly #rule: ChannelRule;
  readonly #peers = new Set<Peer>();

  /** `rule` decides with what rights a channel opens. */
  constructor(registry: Registry, version: string, rule: ChannelRule, events: SwitchEvents) {
    this.#rule = rule;
    this.registry = registry;
    this.#version = version;
    this.#events = events;
  }

  /** Links of browsers that are connected. */
  get browsers(): number {
    let count = 0;
    for (const peer of this.#peers) if (peer.side === "browser" && peer.client) count += 1;
    return count;
  }

  /** Takes a new link. */
  connect(peer: Peer): void {
    this.#peers.add(peer);
  }

  /** A link's socket closed: its channels are interrupted at their other ends. */
  disconnect(peer: Peer): void {
    peer.gone = true;
    if (!this.#peers.delete(peer)) return;
    const message =
      peer.side === "node"
        ? `The connection to node ${peer.nodeName} broke.`
        : "The browser's connection broke.";
    const close = encodeMessage(wire.Close, { code: "interrupted", message });
    for (const route of peer.routes.values()) {
      const other = route.other(peer.side);
      other.peer.routes.delete(other.id);
      other.peer.tell(other.id, Kind.CLOSE, close);
    }
    peer.routes.clear();
    if (peer.side === "node" && peer.hello) {
      this.registry.remove(peer);
      if (peer.hello.role === "node") this.#events.onNode(peer.nodeName, false);
    }
  }

  /** Ends every link that `matches`, as when a session is signed out. */
  revoke(matches: (peer: Peer) => boolean, reason: string): void {
    for (const peer of [...this.#peers]) if (matches(peer)) peer.end(CloseCode.REVOKED, reason);
  }

  /** Ends those channels of a person that would not open any more, or only with less. */
  recheck(userId: string): void {
    for (const { side, person, routes } of this.#peers) {
      if (side !== "browser" || person?.id !== userId) continue;
      for (const route of [...routes.values()]) {
        const { wish, rights, scope } = route.grant;
        const answer = this.#rule(person, wish);
        // What was opened as somebody's gift does not go on as one's own: the node would not have let it in.
        const keeps =
          "identity" in answer &&
          answer.identity.scope === scope &&
          rights.every((right) => answer.rights.includes(right));
        if (!keeps) this.#closeRoute(route, "revoked", "What was shared with you was withdrawn or changed.");
      }
    }
  }

  /** Whether somebody who may run code in a notebook has its kernel open at a node: what that node needs of it, it may have then. */
  runsOn(node: string, notebook: string): boolean {
    for (const { side, nodeName, routes } of this.#peers) {
      if (side !== "node" || nodeName !== node) continue;
      for (const { grant } of routes.values())
        if (
          grant.wish.service === "kernel" &&
          grant.scope === `notebook:${notebook}` &&
          grant.rights.includes("run")
        )
          return true;
    }
    return false;
  }

  /** Ends every link. */
  close(): void {
    for (const peer of [...this.#peers]) peer.end(CloseCode.GOING_AWAY, "the relay stops");
  }

  /**
   * One message of a link. Its bytes are written to, and not kept. A peer that breaks the protocol is ended, alone.
   */
  receive(peer: Peer, message: Uint8Array): void {
    if (peer.gone) return;
    try {
      const header = readHeader(message);
      if (!peer.hello) this.#greet(peer, header, payloadOf(message));
      else if (header.channel === 0) this.#ofLink(peer, header, payloadOf(message));
      else if (header.kind === Kind.DATA) this.#data(peer, header, message);
      else this.#control(peer, header, message);
    } catch (cause) {
      if (!(cause instanceof ProtocolError)) throw cause;
      peer.end(CloseCode.PROTOCOL, cause.message);
    }
  }

  #data(peer: Peer, header: Header, message: Uint8Array): void {
    const route = peer.routes.get(header.channel);
    // What was under way when the channel closed belongs nowhere.
    if (!route) return;
    const counted = () => route.count(peer.side, payloadLength(message), header.flags);
    if (this.#keeps(route, peer, counted)) this.#forward(route, peer, message);
  }

  /**
   * Runs a check of one channel. A browser that fails it is ended; a node serves many, so that it loses that channel only.
   */
  #keeps(route: Route, peer: Peer, check: () => void): boolean {
    try {
      check();
      return true;
    } catch (cause) {
      if (peer.side === "browser" || !(cause instanceof ProtocolError)) throw cause;
      this.#closeRoute(route, "protocol", cause.message);
      return false;
    }
  }

  #control(peer: Peer, header: Header, message: Uint8Array): void {
    const { channel, kind } = header;
    const payload = payloadOf(message);
    const route = peer.routes.get(channel);
    if (kind === Kind.CREDIT) {
      const credit = decodeCredit(payload);
      if (!route) return;
      const granted = () => route.granted(peer.side, credit, false);
      if (this.#keeps(route, peer, granted)) this.#forward(route, peer, message);
    } else if (kind === Kind.CLOSE) {
      decodeMessage(wire.Close, payload);
      if (route) this.#forwardLast(route, peer, message);
    } else if (peer.side === "browser") {
      if (kind === Kind.OPEN) this.#open(peer, channel, decodeMessage(wire.Open, payload));
      else if (kind === Kind.RESUME) this.#resume(peer, channel, decodeMessage(wire.Resume, payload));
      else throw new ProtocolError(`a browser does not send kind ${kind}`);
    } else if (kind === Kind.ACCEPT || kind === Kind.REJECT || kind === Kind.RESUME) {
      this.#answer(peer, route, kind, message);
    } else throw new ProtocolError(`a node does not send kind ${kind}`);
  }

  /** A node's answer to OPEN or RESUME. */
  #answer(node: Peer, route: Route | undefined, kind: Kind, message: Uint8Array): void {
    const payload = payloadOf(message);
    if (kind === Kind.REJECT) {
      decodeMessage(wire.Reject, payload);
      if (route) this.#forwardLast(route, node, message);
      return;
    }
    let credit: Credit;
    if (kind === Kind.ACCEPT) credit = { received: 0, limit: decodeMessage(wire.Accept, payload).window };
    else {
      const { received, window } = decodeMessage(wire.Resume, payload);
      credit = { received, limit: window };
    }
    if (!route || !this.#keeps(route, node, () => route.answered(credit))) return;
    this.#forward(route, node, message);
  }

  #open(browser: Peer, id: number, open: eyepiece.wire.Open): void {
    if (open.key.byteLength !== 16) throw new ProtocolError("a channel's key has 16 bytes");
    const found = this.#authorise(browser, id, open);
    if (!found) return;
    const { node, identity, grant } = found;
    const route = this.#join(browser, id, node, open.mode === wire.Mode.PIXELS, grant);
    route.granted("browser", { received: 0, limit: open.window }, true);
    const { service, mode, key, params, window } = open;
    const told = { service, node: node.nodeName, mode, key, params, window, identity };
    node.tell(route.nodeId, Kind.OPEN, encodeMessage(wire.Open, told));
  }

  #resume(browser: Peer, id: number, resume: eyepiece.wire.Resume): void {
    if (resume.key.byteLength !== 16) throw new ProtocolError("a channel's key has 16 bytes");
    const found = this.#authorise(browser, id, resume);
    if (!found) return;
    const { node, identity, grant } = found;
    const route = this.#join(browser, id, node, false, grant);
    const { key, received, service, params, window } = resume;
    route.granted("browser", { received, limit: window }, true);
    const told = { key, received, service, node: node.nodeName, params, window, identity };
    node.tell(route.nodeId, Kind.RESUME, encodeMessage(wire.Resume, told));
  }

  /** Who asks, whether they may, and which node is meant; says no by itself. */
  #authorise(
    browser: Peer,
    id: number,
    { service, node: asked, params }: ChannelWish,
  ): { node: Peer; identity: eyepiece.wire.Identity.$Properties; grant: RouteGrant } | undefined {
    if (browser.routes.has(id)) throw new ProtocolError(`channel ${id} is taken`);
    const reject = (code: string, message: string): undefined =>
      browser.reject(id, code, message) ?? undefined;
    const person = browser.person;
    if (!person) return reject("unauthorized", "Sign in first.");
    if (!Object.hasOwn(SERVICE_RIGHTS, service)) {
      return reject("not_found", "There is no service of that name.");
    }
    // Kept as long as the channel is, and the message's bytes are not ours to keep.
    const wish = { service, node: asked, params: params.slice() };
    const answer = this.#rule(person, wish);
    if (!("identity" in answer)) return reject(answer.code, answer.message);
    const { identity, rights } = answer;
    if (!allowed(SERVICE_RIGHTS, service, { role: person.role, rights })) {
      return reject("forbidden", `You have no right to use the service ${service}.`);
    }
    if (browser.routes.size >= MAX_CHANNELS) {
      return reject("too_many", `A link has ${MAX_CHANNELS} channels at most.`);
    }
    const node = this.registry.find(answer.node, service, person);
    if (!(node instanceof Peer)) return reject(node.code, node.message);
    if (node.routes.size >= MAX_CHANNELS) {
      return reject(
        "too_many",
        `Node ${node.nodeName} has ${MAX_CHANNELS} channels open, which is all it can have.`,
      );
    }
    return { node, identity, grant: { wish, rights, scope: identity.scope ?? "" } };
  }

  #join(browser: Peer, id: number, node: Peer, pixels: boolean, grant: RouteGrant): Route {
    const route = new Route(browser, id, node, node.newId(), pixels, grant);
    browser.routes.set(id, route);
    node.routes.set(route.nodeId, route);
    return route;
  }

  #forward(route: Route, from: Peer, message: Uint8Array): void {
    const other = route.other(from.side);
    rewriteChannel(message, other.id);
    other.peer.send(message);
  }

  #forwardLast(route: Route, from: Peer, message: Uint8Array): void {
    this.#part(route);
    this.#forward(route, from, message);
  }

  #closeRoute(route: Route, code: string, message: string): void {
    this.#part(route);
    const close = encodeMessage(wire.Close, { code, message });
    route.browser.tell(route.browserId, Kind.CLOSE, close);
    route.node.tell(route.nodeId, Kind.CLOSE, close);
  }

  #part(route: Route): void {
    route.browser.routes.delete(route.browserId);
    route.node.routes.delete(route.nodeId);
  }

  #greet(peer: Peer, header: Header, payload: Uint8Array): void {
    if (header.kind !== Kind.HELLO || header.channel !== 0) {
      throw new ProtocolError("the first message of a link is HELLO");
    }
    const hello = decodeMessage(wire.Hello, payload);
    try {
      agreeVersion(hello);
      if (peer.side === "node") checkNode(peer, hello);
    } catch (cause) {
      if (!(cause instanceof ChannelError)) throw cause;
      const { code, message } = cause;
      peer.tell(0, Kind.CLOSE, encodeMessage(wire.Close, { code, message }));
      peer.end(CloseCode.REFUSED, message);
      return;
    }
    peer.hello = hello;
    const own = {
      protocolMin: PROTOCOL_MIN,
      protocolMax: PROTOCOL_MAX,
      version: this.#version,
      role: "relay",
    };
    peer.tell(0, Kind.HELLO, encodeMessage(wire.Hello, own));
    if (peer.side !== "node") return;
    this.registry.add(peer);
    if (hello.role === "node") this.#events.onNode(peer.nodeName, true);
  }

  #ofLink(peer: Peer, header: Header, payload: Uint8Array): void {
    if (header.kind === Kind.PING) {
      if (payload.byteLength !== 8) throw new ProtocolError("PING has 8 bytes");
      if ((header.flags & PingFlag.ANSWER) === 0) peer.tell(0, Kind.PING, payload, PingFlag.ANSWER);
    } else if (header.kind === Kind.CLOSE) {
      decodeMessage(wire.Close, payload);
      peer.end(1000, "closed by its other end");
    } else throw new ProtocolError(`kind ${header.kind} is not for the link itself`);
  }
}

/** @throws ChannelError `refused` when the node is not what its token says. */
function checkNode(peer: Peer, hello: eyepiece.wire.Hello): void {
  if (hello.role !== "node" && hello.role !== "node-bulk") {
    throw new ChannelError("refused", "Only nodes connect to this address.");
  }
  if (hello.name !== peer.nodeName) {
    throw new ChannelError(
      "refused",
      `This token was made for a node called ${peer.nodeName}, not ${hello.name}: make one with \`eyepiece token create --kind node --name ${hello.name}\`.`,
    );
  }
}
