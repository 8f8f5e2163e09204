/** The WebSocket of a notebook's document: /api/notebooks/{id}/sync. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import type { Access } from "../access/access.ts";
import type { Accounts, Person } from "../accounts/accounts.ts";
import { type HeldBy, heldBy } from "../accounts/ended.ts";
import type { HttpResponse, TemplatedApp, Uws, WebSocket } from "../uws/load.ts";
import { type Member, RoomClose, type RoomNotice } from "./member.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** The largest message: what somebody did offline for a long time comes as one. */
const MAX_MESSAGE = 32 * 1024 * 1024;
const MAX_QUEUED = 64 * 1024 * 1024;
const IDLE_SECONDS = 60;

/** What the sockets stand on. */
export interface SyncDependencies {
  readonly accounts: Accounts;
  readonly access: Access;
  readonly rooms: Rooms;
  originAllowed(origin: string, host: string): boolean;
  log(line: string): void;
}

/** The library copies what is handed to `upgrade`, so that what changes is one level below. */
interface UserData {
  readonly visitor: Visitor;
}

/** Adds the route. Call before routes that take any address. */
export function addSync(uws: Uws, app: TemplatedApp, to: SyncDependencies): void {
  const visitors = new Set<Visitor>();
  to.access.onRevoked((userId) => {
    for (const visitor of [...visitors]) if (visitor.userId === userId) visitor.review(to);
  });
  to.accounts.onEnded((isOver) => {
    for (const visitor of [...visitors]) if (isOver(visitor.held)) visitor.revoke();
  });
  app.ws<UserData>("/api/notebooks/:id/sync", {
    maxPayloadLength: MAX_MESSAGE,
    maxBackpressure: MAX_QUEUED,
    closeOnBackpressureLimit: true,
    idleTimeout: IDLE_SECONDS,
    sendPingsAutomatically: true,
    compression: uws.DISABLED,
    async upgrade(res, req, context) {
      let aborted = false;
      res.onAborted(() => {
        aborted = true;
      });
      const id = decodeURIComponent(req.getParameter(0) ?? "");
      const key = req.getHeader("sec-websocket-key");
      const protocol = req.getHeader("sec-websocket-protocol");
      const extensions = req.getHeader("sec-websocket-extensions");
      const [origin, host] = [req.getHeader("origin"), req.getHeader("host")];
      const [cookie, authorization] = [req.getHeader("cookie"), req.getHeader("authorization")];
      // Programs send no Origin; a browser always does, and its cookie must not serve another site's page.
      if (origin && !to.originAllowed(origin, host)) {
        refuse(res, "403 Forbidden", "forbidden", "Pages of this origin may not connect.");
        return;
      }
      const proof = await to.accounts.prove(cookie, authorization).catch((cause: unknown) => {
        to.log(`A sign-in could not be checked: ${String(cause)}`);
        return undefined;
      });
      if (aborted) return;
      if (!proof) {
        refuse(res, "401 Unauthorized", "unauthorized", "Sign in first.");
        return;
      }
      const visitor = new Visitor(id, proof.person, heldBy(proof));
      res.cork(() => res.upgrade({ visitor }, key, protocol, extensions, context));
    },
    open(ws) {
      const { visitor } = ws.getUserData();
      visitors.add(visitor);
      visitor.enter(ws, to);
    },
    message(ws, message, isBinary) {
      const { visitor } = ws.getUserData();
      if (isBinary) visitor.room?.receive(visitor, new Uint8Array(message));
      else visitor.end(RoomClose.PROTOCOL, "messages are binary");
    },
    close(ws) {
      const { visitor } = ws.getUserData();
      visitors.delete(visitor);
      visitor.gone();
    },
  });
}

/** One connection. */
class Visitor implements Member {
  readonly notebook: string;
  readonly userId: string;
  readonly held: HeldBy;
  room: Room | undefined;
  mayEdit = false;
  readonly #person: Person;
  #rights: readonly Right[] = [];
  #socket: WebSocket<UserData> | undefined;

  constructor(notebook: string, person: Person, held: HeldBy) {
    this.notebook = notebook;
    this.userId = person.id;
    this.held = held;
    this.#person = person;
  }

  /** The socket is open: rights are looked up here, so that nothing is lost between asking and entering. */
  enter(ws: WebSocket<UserData>, { access, rooms }: SyncDependencies): void {
    this.#socket = ws;
    const rights = access.rightsOn(this.#person, { kind: "notebook", id: this.notebook });
    const room = rights.includes("view") ? rooms.open(this.notebook) : undefined;
    if (!room) {
      // The same for what is not there and what is not theirs.
      this.end(RoomClose.NO_RIGHT, "there is no such notebook, or it is not shared with you");
      return;
    }
    this.#may(rights);
    this.room = room;
    room.join(this);
  }

  /** Something was taken from this person, perhaps this notebook. */
  review({ access, accounts }: SyncDependencies): void {
    const still = accounts.person(this.userId);
    const rights = still ? access.rightsOn(this.#person, { kind: "notebook", id: this.notebook }) : [];
    if (!rights.includes("view")) this.revoke();
    else if (rights.join() !== this.#rights.join()) this.#may(rights);
  }

  /** Nothing more is told or taken from now on. */
  revoke(): void {
    this.gone();
    this.tell({ type: "revoked" });
    this.end(RoomClose.REVOKED, "the right to see this notebook ended");
  }

  get buffered(): number {
    return this.#socket?.getBufferedAmount() ?? 0;
  }

  send(message: Uint8Array): void {
    // 2 would mean that it was dropped: the library closes the connection then, by closeOnBackpressureLimit.
    this.#socket?.send(message, true);
  }

  tell(notice: RoomNotice): void {
    this.#socket?.send(JSON.stringify(notice), false);
  }

  end(code: number, reason: string): void {
    const socket = this.#socket;
    this.gone();
    this.#socket = undefined;
    socket?.end(code, reason);
  }

  /** Leaves the room. */
  gone(): void {
    const { room } = this;
    this.room = undefined;
    room?.leave(this);
  }

  #may(rights: readonly Right[]): void {
    this.#rights = rights;
    this.mayEdit = rights.includes("edit");
    this.tell({ type: "rights", rights });
  }
}

function refuse(res: HttpResponse, status: string, error: string, message: string): void {
  res.cork(() => {
    res.writeStatus(status).writeHeader("Content-Type", "application/json");
    res.end(JSON.stringify({ error, message }), true);
  });
}
