/** A notebook as a page has it: cells, rights, name, who else is here, and whether it is kept. */
import { type CellView, orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import type { Right } from "@eyepiece/protocol/rights.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { ApiError, api } from "../services/api.ts";
import { localStore } from "./local-store.ts";
import { DocumentSync } from "./sync.ts";

/** Origin of changes of cells as a whole: what the notebook's undo takes back. */
export const CELLS = { name: "cells" };
/** Origin of changes that undo leaves alone: which run a cell shows. */
export const QUIET = { name: "quiet" };
const KEPT = { name: "kept" };

const TEXT_MS = 400;

export type DocumentPhase = "loading" | "live" | "offline" | "refused";

/** An execution as the relay keeps it. */
export interface ExecutionRow {
  readonly id: string;
  readonly cell: string;
  readonly state: string;
  readonly execution_count?: number | null;
  readonly started_ms?: number | null;
  readonly ended_ms?: number | null;
  readonly blob?: string | null;
  readonly bytes?: number | null;
}

interface NotebookFacts {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly rights: readonly Right[];
}

/** Someone who has the notebook open. */
export interface Present {
  readonly client: number;
  readonly name: string;
  readonly color: string;
  /** The cell that they are in. */
  readonly cell: string | undefined;
}

/** See the file's comment. */
export class NotebookDocument {
  readonly id: string;
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly undo: Y.UndoManager;
  /** Called with each execution that the relay learns of. */
  onExecution: (row: ExecutionRow) => void = () => {};
  /** Called when somebody said something about a cell. */
  onComments: () => void = () => {};
  readonly #phase = signal<{ readonly phase: DocumentPhase; readonly reason: string }>({
    phase: "loading",
    reason: "",
  });
  readonly #cells = signal<readonly CellView[]>([]);
  readonly #name = signal("");
  readonly #project = signal("");
  readonly #rights = signal<readonly Right[]>([]);
  readonly #present = signal<readonly Present[]>([]);
  readonly #trouble = signal("");
  readonly #texts = signal(0);
  #sync: DocumentSync | undefined;
  #disposed = false;
  /** Who waits for the relay's word that something was kept. */
  readonly #told: (() => void)[] = [];
  #structural = true;
  #textTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string) {
    this.id = id;
    const cells = this.doc.getMap<Y.Map<unknown>>("cells");
    this.undo = new Y.UndoManager(cells, { trackedOrigins: new Set([CELLS]), captureTimeout: 0 });
    cells.observeDeep((events) => {
      // Typing changes a text, which its editor follows by itself.
      this.#structural ||= events.some((event) => !(event.target instanceof Y.Text));
      this.#textTimer ??= setTimeout(() => {
        this.#textTimer = undefined;
        this.#texts.value += 1;
      }, TEXT_MS);
    });
    this.doc.on("afterTransaction", () => {
      if (!this.#structural) return;
      this.#structural = false;
      this.#cells.value = orderedCells(this.doc);
    });
    this.awareness.on("change", () => {
      this.#present.value = presentOf(this.awareness);
    });
  }

  /** Whether it is live; `reason` is a sentence when it is refused. */
  get phase(): ReadonlySignal<{ readonly phase: DocumentPhase; readonly reason: string }> {
    return this.#phase;
  }
  /** In order. A new list when cells came, went, moved or changed other than in their text. */
  get cells(): ReadonlySignal<readonly CellView[]> {
    return this.#cells;
  }
  /** Counts up, a little after texts changed: for what is made of all texts. */
  get texts(): ReadonlySignal<number> {
    return this.#texts;
  }
  get name(): ReadonlySignal<string> {
    return this.#name;
  }
  get project(): ReadonlySignal<string> {
    return this.#project;
  }
  get rights(): ReadonlySignal<readonly Right[]> {
    return this.#rights;
  }
  /** The others who are here. */
  get present(): ReadonlySignal<readonly Present[]> {
    return this.#present;
  }
  /** Why edits are not kept; empty when all is well. */
  get trouble(): ReadonlySignal<string> {
    return this.#trouble;
  }

  /** Waits until the relay has kept an edit that was just made; without it, for a while. Never rejects. */
  async kept(ms = 2000): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#told.push(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  /** Opens what is kept here, then the relay's. Never rejects. */
  async open(): Promise<void> {
    try {
      const kept = await localStore.updates(this.id);
      if (kept.length > 0) {
        Y.applyUpdate(this.doc, Y.mergeUpdates(kept), KEPT);
        this.#phase.value = { phase: "offline", reason: "" };
      }
    } catch (cause) {
      this.#trouble.value = `This browser keeps nothing: ${sentence(cause)} Edits are kept by the relay alone.`;
    }
    if (this.#disposed) return;
    this.doc.on("update", this.#keep);
    await this.#facts();
    if (this.#disposed || this.#phase.value.phase === "refused") return;
    this.#sync = new DocumentSync(this.doc, this.awareness, this.id, {
      onState: (state, reason) => {
        if (state === "live") this.#phase.value = { phase: "live", reason: "" };
        else if (state === "refused") this.#refuse(reason);
        else if (state === "offline") this.#phase.value = { phase: "offline", reason };
      },
      onEvent: (event) => this.#event(event),
    });
  }

  /** A change of cells as a whole: one step of undo. */
  edit<T>(change: (doc: Y.Doc) => T): T {
    return this.doc.transact(() => change(this.doc), CELLS);
  }

  /** A change that undo leaves alone. */
  quietly(change: (doc: Y.Doc) => void): void {
    this.doc.transact(() => change(this.doc), QUIET);
  }

  /** Renames it on the relay. @throws ApiError */
  async rename(name: string): Promise<void> {
    await api("PATCH", `/api/notebooks/${this.id}`, { body: { name } });
    this.#name.value = name;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#textTimer);
    this.#sync?.dispose();
    this.undo.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }

  readonly #keep = (update: Uint8Array, origin: unknown): void => {
    if (origin === KEPT) return;
    localStore.append(this.id, update).then(
      () => {
        this.#trouble.value = "";
      },
      (cause: unknown) => {
        this.#trouble.value = `This browser could not keep the last edit: ${sentence(cause)}`;
      },
    );
  };

  async #facts(): Promise<void> {
    const address = `/api/notebooks/${this.id}?cells=none`;
    try {
      this.#known(await api<NotebookFacts>("GET", address));
      await localStore.keep(address, this.#stored()).catch(() => {});
    } catch (cause) {
      if (cause instanceof ApiError && (cause.status === 404 || cause.status === 403)) {
        this.#refuse("There is no such notebook, or it is not shared with you.");
        return;
      }
      const kept = await localStore.kept<NotebookFacts>(address).catch(() => undefined);
      if (kept) this.#known(kept.value);
    }
  }

  #known({ name, project, rights }: NotebookFacts): void {
    this.#name.value = name;
    this.#project.value = project;
    this.#rights.value = rights;
  }

  #stored(): NotebookFacts {
    return { id: this.id, name: this.#name.value, project: this.#project.value, rights: this.#rights.value };
  }

  #refuse(reason: string): void {
    this.#phase.value = { phase: "refused", reason };
    this.#rights.value = [];
    // Nothing of a notebook that one may not see stays behind.
    localStore.forget(this.id).catch(() => {});
  }

  #event(raw: unknown): void {
    const event = raw as { type?: unknown } & Record<string, unknown>;
    if (event.type === "rights" && Array.isArray(event.rights)) this.#rights.value = event.rights as Right[];
    else if (event.type === "renamed" && typeof event.name === "string") this.#name.value = event.name;
    else if (event.type === "comments") this.onComments();
    else if (event.type === "execution") this.onExecution(event as unknown as ExecutionRow);
    else if (event.type === "error" && typeof event.message === "string") this.#trouble.value = event.message;
    else if (event.type === "saved") {
      this.#trouble.value = "";
      for (const told of this.#told.splice(0)) told();
    }
  }
}

function presentOf(awareness: Awareness): Present[] {
  const others: Present[] = [];
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID) continue;
    const user = (state as { user?: { name?: unknown; color?: unknown } }).user;
    const cell = (state as { cell?: unknown }).cell;
    others.push({
      client,
      name: typeof user?.name === "string" ? user.name : "Someone",
      color: typeof user?.color === "string" && /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : "#9aa6b2",
      cell: typeof cell === "string" ? cell : undefined,
    });
  }
  return others;
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
