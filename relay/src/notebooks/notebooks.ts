/** All that the relay keeps of projects and notebooks, behind one door: rows, documents, runs, versions, files, search. */
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type ExecutionOutputs,
  emptyNotebook,
  orderedCells,
  readDocument,
  writeDocument,
} from "@eyepiece/protocol/notebook/document.ts";
import type { Notebook, NotebookOutput } from "@eyepiece/protocol/notebook/nbformat.ts";
import * as Y from "yjs";
import { newId } from "../accounts/secrets.ts";
import { HttpError } from "../http/exchange.ts";
import { Blobs } from "./blobs.ts";
import { Comments } from "./comments.ts";
import { DeletedNotebooks } from "./deleted.ts";
import { DocumentStore } from "./documents.ts";
import { Executions } from "./executions.ts";
import { ProjectFiles } from "./files.ts";
import type { Room } from "./room.ts";
import { Rooms } from "./rooms.ts";
import { Search } from "./search.ts";
import { NotebookStore } from "./store.ts";
import { runsOf, Versions } from "./versions.ts";

/** Runs that no cell and no version shows are kept this long. */
const KEEP_RUNS_MS = 3 * 24 * 3_600_000;

const READS_AT_ONCE = 32;

/** A blob without a row is a leftover after this long, and not one that is just being kept. */
const LEFTOVER_MS = 3_600_000;

/** Notebooks of one relay. */
export class Notebooks {
  readonly store: NotebookStore;
  readonly documents: DocumentStore;
  readonly rooms: Rooms;
  readonly blobs: Blobs;
  readonly executions: Executions;
  readonly versions: Versions;
  readonly comments: Comments;
  readonly files: ProjectFiles;
  readonly search: Search;
  readonly deleted: DeletedNotebooks;
  readonly #log: (line: string) => void;

  /** @param folder the relay's own */
  constructor(database: DatabaseSync, folder: string, log: (line: string) => void) {
    this.#log = log;
    this.store = new NotebookStore(database);
    this.documents = new DocumentStore(database);
    this.blobs = new Blobs(join(folder, "blobs"));
    this.executions = new Executions(database, this.blobs);
    this.versions = new Versions(database);
    this.comments = new Comments(database);
    this.files = new ProjectFiles(database, folder);
    this.search = new Search(database);
    this.deleted = new DeletedNotebooks(database);
    this.rooms = new Rooms(this.documents, {
      touched: (id, at) => this.store.touch(id, at),
      settled: (room, changed) => this.#settled(room, changed),
      log,
    });
  }

  /** Removes blobs that a kill left between being written and being named by a row. */
  async tidy(now = Date.now()): Promise<void> {
    await this.executions.sweep(await this.blobs.olderThan(now - LEFTOVER_MS));
  }

  /** The room of a notebook. @throws HttpError 404 */
  room(id: string): Room {
    const room = this.rooms.open(id);
    if (!room) throw new HttpError(404, "not_found", "There is no such notebook.");
    return room;
  }

  /** Makes a notebook with all that it holds: whole, or not at all. @returns its id */
  async create(project: string, name: string, notebook: Notebook = emptyNotebook()): Promise<string> {
    const id = newId();
    const doc = new Y.Doc();
    const runs: { id: string; cell: string; outputs: readonly NotebookOutput[]; count: number | null }[] = [];
    writeDocument(doc, notebook, (cell, outputs, count) => {
      const run = { id: newId(), cell, outputs, count };
      runs.push(run);
      return { id: run.id, node: "" };
    });
    await this.executions.withOutputs(
      runs.map(({ outputs }) => outputs),
      (blobs) =>
        this.store.transaction(() => {
          this.store.addNotebook(id, project, name);
          this.documents.create(id, doc);
          runs.forEach(({ id: execution, cell, count }, index) => {
            const { blob, bytes } = blobs[index] ?? { blob: null, bytes: 0 };
            const none = { started_ms: null, ended_ms: null };
            const row = { id: execution, notebook: id, cell, node: "", state: "done", ...none };
            this.executions.put({ ...row, execution_count: count, blob, bytes });
          });
          this.search.index(id, name, doc);
        }),
    );
    doc.destroy();
    return id;
  }

  /** A notebook as nbformat, with the outputs that are here. */
  read(id: string): Promise<Notebook> {
    return this.readDoc(id, this.room(id).doc);
  }

  /** As `read`, of any document of this notebook. */
  async readDoc(id: string, doc: Y.Doc): Promise<Notebook> {
    const runs = new Map(this.executions.list(id).map((row) => [row.id, row]));
    const known = new Map<string, ExecutionOutputs>();
    // A cell may name a run of another notebook, which is none of this one's.
    const shown = orderedCells(doc).flatMap(({ execution }) => (execution && runs.get(execution.id)) ?? []);
    for (let at = 0; at < shown.length; at += READS_AT_ONCE) {
      await Promise.all(
        shown.slice(at, at + READS_AT_ONCE).map(async (run) => {
          const outputs = await this.executions.outputsOf(run);
          if (outputs) known.set(run.id, { outputs, execution_count: run.execution_count });
        }),
      );
    }
    return readDocument(doc, (execution) => known.get(execution));
  }

  /** Deletes a notebook, with what nobody else has. */
  async remove(id: string): Promise<void> {
    const blobs = this.executions.blobsOf(id);
    this.rooms.remove(id);
    this.store.removeNotebook(id);
    this.deleted.tell();
    await this.executions.sweep(blobs);
  }

  /** Deletes a project, its notebooks and its files. */
  async removeProject(id: string): Promise<void> {
    const notebooks = this.store.notebooksOf(id);
    const blobs = notebooks.flatMap((notebook) => this.executions.blobsOf(notebook.id));
    for (const notebook of notebooks) this.rooms.remove(notebook.id);
    const files = this.files.pathsOf(id);
    this.store.removeProject(id);
    this.deleted.tell();
    await this.executions.sweep(blobs);
    await this.files.discard(files);
  }

  /** Tells those who have a notebook open of its new name. */
  renamed(id: string, name: string): void {
    const room = this.rooms.find(id);
    room?.tell({ type: "renamed", name });
    this.search.index(id, name, room?.doc ?? this.room(id).doc);
  }

  /** Ends everything, with all kept. */
  stop(): void {
    this.rooms.stop();
  }

  /** What was run long ago and is shown nowhere takes no room any more. */
  #forgetRuns(room: Room): void {
    const blobs = this.executions.prune(room.id, runsOf(room.doc), Date.now() - KEEP_RUNS_MS);
    this.executions
      .sweep(blobs)
      .catch((cause: unknown) => this.#log(`Outputs could not be removed: ${String(cause)}`));
  }

  #settled(room: Room, changed: boolean): void {
    const row = this.store.notebook(room.id);
    if (!row) return;
    this.search.index(room.id, row.name, room.doc);
    if (changed && this.versions.settled(room.id, room.doc)) this.#forgetRuns(room);
  }
}
