/** All sessions of a node: those on disk, those with a process, and who may join which. */
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { decodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import type { Answer, Ask } from "../session/asks.ts";
import type { PictureWish, SessionPicture, SessionSettings, ViewCaller } from "../session/ipc.ts";
import type { OpenAs } from "../session/reading.ts";
import { callerOf, mayJoin, type SessionMeta } from "./joining.ts";
import { type GpuLedger, LedgerRefusal } from "./ledger.ts";
import { PairSink } from "./pair-sink.ts";
import { SessionProcess } from "./session-process.ts";

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** A device of the ledger, and how a process gets to draw on it. */
export interface SessionAdapter {
  readonly device: string;
  /** For the processes: with the variables that choose the adapter. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface SessionManagerOptions {
  /** Sessions' folders are made in here. */
  readonly folder: string;
  readonly settings: SessionSettings;
  /** Where sessions draw, the best first; the next one serves those for whom the ones before have no room. */
  readonly adapters: readonly SessionAdapter[];
  readonly ledger: GpuLedger;
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

interface Entry {
  meta: SessionMeta;
  readonly process: SessionProcess;
  readonly sinks: Map<string, PairSink>;
  reservation: { bytes: number; adapter: SessionAdapter; notice: string } | undefined;
}

/** Creates, finds, joins and ends sessions. */
export class SessionManager {
  readonly #options: SessionManagerOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: SessionManagerOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
    for (const name of readdirSync(options.folder)) {
      const file = join(options.folder, name, "meta.json");
      if (!ID.test(name) || !existsSync(file)) continue;
      this.#add(JSON.parse(readFileSync(file, "utf8")) as SessionMeta);
    }
  }

  /** Sessions that the caller may see, the last created first. */
  list(caller: ViewCaller | undefined): eyepiece.node.SessionInfo.$Properties[] {
    return [...this.#entries.values()]
      .filter((entry) => mayJoin(entry.meta, caller))
      .sort((a, b) => b.meta.created - a.meta.created)
      .map((entry) => this.#info(entry));
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Pids of the processes that run now. */
  pids(): number[] {
    return [...this.#entries.values()].map((entry) => entry.process.pid ?? 0).filter((pid) => pid > 0);
  }

  /** Makes a session; data are opened by `open`, and their failures are told there. */
  create(
    title: string,
    owner: string,
    id = randomBytes(9).toString("base64url"),
    arrays?: string,
    work?: string,
  ): eyepiece.node.SessionInfo.$Properties {
    if (!ID.test(id) || this.#entries.has(id))
      throw new ChannelError("invalid", `There is a session ${id} already.`);
    const now = Date.now();
    const entry = this.#add({
      id,
      title: title || "untitled",
      owner,
      created: now,
      modified: now,
      layers: [],
      ...(arrays !== undefined && { arrays }),
      ...(work !== undefined && { work }),
    });
    this.#save(entry);
    return this.#info(entry);
  }

  /** Marks a session as the newest: the one that a person who just arrived should see. */
  touch(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) this.#update(entry, { created: Date.now() });
  }

  /** Opens data in a session. @returns ids of the new layers. @throws Error with a sentence. */
  async open(id: string, uri: string, look?: LayerPatch, as?: OpenAs): Promise<readonly string[]> {
    const entry = this.#entries.get(id);
    if (!entry) throw new ChannelError("not_found", `There is no session ${id} on this node.`);
    await this.#reserve(entry);
    return entry.process.open(uri, look, as);
  }

  /** Asks a session something. @throws Error with a sentence */
  async ask(id: string, ask: Ask): Promise<Answer> {
    const entry = this.#entries.get(id);
    if (!entry) throw new ChannelError("not_found", `There is no session ${id} on this node.`);
    await this.#reserve(entry);
    return entry.process.ask(ask);
  }

  /** Hears what happens in a session. @returns what ends it */
  listen(id: string, hear: (json: string) => void): () => void {
    return this.#entries.get(id)?.process.listen(hear) ?? (() => {});
  }

  /** Says which keys code has bound in a session. */
  bindKeys(id: string, keys: readonly string[]): void {
    this.#entries.get(id)?.process.bindKeys(keys);
  }

  /** Whether a session was made for the kernel whose folder of arrays this is. */
  made(id: string, arrays: string): boolean {
    return this.#entries.get(id)?.meta.arrays === arrays;
  }

  /** Applies operations of a kernel's Python: JSON of SceneOp[]. @throws Error with a sentence */
  async operate(id: string, json: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) throw new ChannelError("not_found", `There is no session ${id} on this node.`);
    await this.#reserve(entry);
    await entry.process.operate(json);
  }

  /** Takes a layer out for good. @throws Error with a sentence */
  async removeLayer(id: string, layer: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) throw new ChannelError("not_found", `There is no session ${id} on this node.`);
    await this.#reserve(entry);
    await entry.process.remove(layer);
  }

  /** What a session draws at rest. @throws Error with a sentence */
  async picture(id: string, wish: PictureWish): Promise<SessionPicture> {
    const entry = this.#entries.get(id);
    if (!entry) throw new ChannelError("not_found", `There is no session ${id} on this node.`);
    await this.#reserve(entry);
    return entry.process.draw(wish);
  }

  /** Ends the sessions that were made for a kernel: its notebook was deleted. */
  async forgetMade(arrays: string): Promise<void> {
    for (const [id, entry] of [...this.#entries])
      if (entry.meta.arrays === arrays) await this.#remove(id, entry);
  }

  /** Ends a session and forgets its scene. */
  async remove(id: string, caller: ViewCaller | undefined): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry || !mayJoin(entry.meta, caller))
      throw new ChannelError("not_found", "There is no such session.");
    await this.#remove(id, entry);
  }

  async #remove(id: string, entry: Entry): Promise<void> {
    for (const sink of entry.sinks.values()) sink.close("done", "The session was ended.");
    await entry.process.end();
    this.#entries.delete(id);
    this.#options.ledger.releaseAll(holderOf(id));
    rmSync(join(this.#options.folder, id), { recursive: true, force: true });
    const { arrays } = entry.meta;
    if (arrays && existsSync(arrays)) {
      for (const name of readdirSync(arrays))
        if (name.startsWith(`${id}-`)) rmSync(join(arrays, name), { force: true });
    }
  }

  /** Answers an OPEN of `viewer`, `frames` or `bricks`. */
  async join(incoming: IncomingChannel): Promise<void> {
    const { service, params, identity } = incoming.facts;
    const { session, view } = decodeMessage(viewer.ViewerParams, params, 4096);
    const caller = callerOf(identity);
    const entry = this.#entries.get(session);
    // One answer for "is not" and "is not yours": names of sessions are nobody else's business.
    if (!entry || !mayJoin(entry.meta, caller, identity)) {
      incoming.reject("not_found", "There is no such session here, or it is not shared with you.");
      return;
    }
    if (!ID.test(view)) {
      incoming.reject("invalid", "A view's name has 1 to 64 letters, digits, '-' or '_'.");
      return;
    }
    try {
      await this.#reserve(entry);
    } catch (cause) {
      if (!(cause instanceof LedgerRefusal)) throw cause;
      incoming.reject("unavailable", `The session cannot be opened: ${cause.message}`);
      return;
    }
    // Two people who choose the same name for a view still have two views.
    const name = `${caller.userId}.${view}`;
    let sink = entry.sinks.get(name);
    if (!sink) {
      const holder = `view ${session}.${name}`;
      const hardwareEncoder = await this.#takeEncoder(entry, holder);
      // Its other channel may have come while the ledger was asked.
      sink = entry.sinks.get(name);
      if (!sink) {
        sink = new PairSink(caller, entry.process, name, hardwareEncoder, () => {
          entry.sinks.delete(name);
          this.#options.ledger.releaseAll(holder);
        });
        entry.sinks.set(name, sink);
      }
    }
    if (service === "frames") sink.attachPixels(incoming.accept());
    else if (service === "bricks") sink.attachBricks(incoming.accept());
    else sink.attachControl(incoming.accept());
  }

  /** Ends all processes; journals stay. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => entry.process.end()));
  }

  #add(meta: SessionMeta): Entry {
    const session = new SessionProcess({
      id: meta.id,
      folder: join(this.#options.folder, meta.id),
      title: () => this.#entries.get(meta.id)?.meta.title ?? meta.title,
      settings: () => {
        const granted = this.#entries.get(meta.id)?.reservation;
        const { settings } = this.#options;
        const gpuBytes = granted?.bytes ?? settings.gpuBytes;
        const own = [meta.arrays, meta.work].filter((folder) => folder !== undefined);
        const roots = [...settings.roots, ...own];
        return { ...settings, roots, gpuBytes, notice: granted?.notice ?? "" };
      },
      environment: () => {
        const granted = this.#entries.get(meta.id)?.reservation?.adapter ?? this.#options.adapters[0];
        return granted?.environment ?? process.env;
      },
      idleMs: this.#options.idleMs,
      onSummary: ({ title, layers }) => {
        const entry = this.#entries.get(meta.id);
        if (entry) this.#update(entry, { title, layers, modified: Date.now() });
      },
      onReleased: (uris) => {
        for (const uri of uris) this.#forgetArray(meta, uri);
      },
      onState: (state) => {
        if (state !== "resting" && state !== "failed") return;
        const entry = this.#entries.get(meta.id);
        if (entry) entry.reservation = undefined;
        this.#options.ledger.releaseAll(holderOf(meta.id));
      },
      log: this.#options.log,
    });
    const entry: Entry = { meta, process: session, sinks: new Map(), reservation: undefined };
    this.#entries.set(meta.id, entry);
    return entry;
  }

  /**
   * A session reserves before its process allocates: on the best adapter, with less memory there, or on the next one.
   * @throws LedgerRefusal of the best adapter when none has room
   */
  async #reserve(entry: Entry): Promise<void> {
    if (entry.reservation) return;
    const { ledger, adapters, settings } = this.#options;
    // The least with which a volume of a few hundred voxels a side can be shown.
    const least = Math.min(settings.gpuBytes, 96 * 1024 * 1024);
    let refusal: LedgerRefusal | undefined;
    for (const adapter of adapters) {
      for (const bytes of [settings.gpuBytes, least]) {
        try {
          const granted = await ledger.reserve({
            device: adapter.device,
            use: "viewer",
            holder: holderOf(entry.meta.id),
            bytes,
            shrink: (wanted) => this.#shrink(entry, Math.max(least, wanted)),
          });
          const notice = refusal ? `${refusal.message} This session draws on the CPU instead.` : "";
          entry.reservation = { bytes: granted.bytes, adapter, notice };
          return;
        } catch (cause) {
          if (!(cause instanceof LedgerRefusal)) throw cause;
          refusal ??= cause;
        }
      }
    }
    throw refusal ?? new LedgerRefusal("This node has no adapter to draw on.");
  }

  async #shrink(entry: Entry, bytes: number): Promise<number> {
    if (entry.reservation) entry.reservation = { ...entry.reservation, bytes };
    entry.process.budget(bytes);
    return bytes;
  }

  /** A view's place among the encoders of the session's device; false when they are all in use. */
  async #takeEncoder(entry: Entry, view: string): Promise<boolean> {
    const device = entry.reservation?.adapter.device;
    if (!device) return false;
    try {
      await this.#options.ledger.reserve({ device, use: "encoder", holder: view, bytes: 0 });
      return true;
    } catch (cause) {
      if (cause instanceof LedgerRefusal) return false;
      throw cause;
    }
  }

  /** Removes an array's file, when it is one of the session's own. */
  #forgetArray({ id, arrays }: SessionMeta, uri: string): void {
    if (!arrays || dirname(uri) !== arrays || !basename(uri).startsWith(`${id}-`)) return;
    const bytes = statSync(uri, { throwIfNoEntry: false })?.size ?? 0;
    rmSync(uri, { force: true });
    rmSync(uri.replace(/\.chunks$/, ".sock"), { force: true });
    this.#options.log(`session ${id}: an array of ${bytes} bytes went with its last layer`);
  }

  #update(entry: Entry, change: Partial<SessionMeta>): void {
    entry.meta = { ...entry.meta, ...change };
    this.#save(entry);
  }

  #save(entry: Entry): void {
    const folder = join(this.#options.folder, entry.meta.id);
    mkdirSync(folder, { recursive: true });
    const next = join(folder, "meta.json.next");
    writeFileSync(next, JSON.stringify(entry.meta));
    renameSync(next, join(folder, "meta.json"));
  }

  #info(entry: Entry): eyepiece.node.SessionInfo.$Properties {
    const { id, title, modified, layers } = entry.meta;
    const { state, views } = entry.process;
    return { session: id, title, state, views, modifiedMs: modified, layers: [...layers] };
  }
}

function holderOf(session: string): string {
  return `session ${session}`;
}
