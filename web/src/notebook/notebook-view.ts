/** One open notebook on a page: its document, kernel, outputs and selection, and what commands do with them. */
import { entriesOf, notebookOf } from "@eyepiece/protocol/notebook/cells.ts";
import { type CellView, setCellMetadata } from "@eyepiece/protocol/notebook/document.ts";
import { setEntries } from "@eyepiece/protocol/notebook/operations.ts";
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { localStore } from "../documents/local-store.ts";
import { type ExecutionRow, NotebookDocument } from "../documents/notebook-document.ts";
import { api } from "../services/api.ts";
import type { LinkService } from "../services/link.ts";
import type { Notices } from "../services/notices.ts";
import * as actions from "./actions.ts";
import { duration } from "./cell/status.ts";
import { type NotebookAction, runCommand } from "./commands.ts";
import { CommentsStore } from "./comments-store.ts";
import type { EditorHost } from "./editor/code-editor.ts";
import { kernelHost } from "./editor-host.ts";
import { KernelClient } from "./kernel-client.ts";
import { executionsAddress, OfflineOutputs } from "./offline-outputs.ts";
import { OutputsStore } from "./outputs-store.ts";
import { foldedCells, type Section, sectionsOf } from "./sections.ts";
import { Selection } from "./selection.ts";
import { loadStored } from "./stored-outputs.ts";

/** A run that took so long is worth a notification. */
const LONG_MS = 10_000;
/** Gigabytes of packages over a slow line are fetched first. */
const LONGEST_START_MS = 6 * 3600_000;

/** What only the page can do. */
export interface PageCommands {
  /** Puts the focus where the selection is, and scrolls it into sight. */
  show(id: string | undefined): void;
  /** Offset of the cursor in the active cell's editor. */
  cursor(): number | undefined;
  scrollPage(by: -1 | 1): void;
  toggle(panel: "find" | "help" | "contents" | "variables" | "comments" | "numbers"): void;
  /** Whether a panel is open. */
  shows(panel: "variables" | "comments"): boolean;
  /** Asks before something that cannot be undone. */
  confirm(title: string, words: string, action: string): Promise<boolean>;
}

/** See the file's comment. */
export class NotebookView implements actions.NotebookParts {
  readonly document: NotebookDocument;
  readonly outputs = new OutputsStore();
  readonly kernel: KernelClient;
  readonly selection: Selection;
  readonly comments: CommentsStore;
  /** Name of the node that runs cells; "node" until the relay has told. */
  node = "node";
  readonly language: ReadonlySignal<string>;
  /** Headings, and what is folded below them. */
  readonly sections: ReadonlySignal<readonly Section[]>;
  /** Cells within folded sections. */
  readonly hidden: ReadonlySignal<ReadonlySet<string>>;
  readonly #offline: OfflineOutputs;
  readonly #rows = signal<ReadonlyMap<string, ExecutionRow>>(new Map());
  readonly #notices: Notices;
  readonly #guest: boolean;
  readonly #ran = new Map<string, string>();
  readonly #loaded = new Set<string>();
  page: PageCommands | undefined;

  constructor(id: string, link: LinkService, notices: Notices, guest: boolean) {
    this.#guest = guest;
    this.document = new NotebookDocument(id);
    this.kernel = new KernelClient(link, id, this.outputs);
    this.comments = new CommentsStore(id);
    this.#offline = new OfflineOutputs(id, () => this.#rows.value.values());
    this.#notices = notices;
    this.selection = new Selection(() =>
      this.document.cells.value.filter((cell) => !this.hidden.value.has(cell.id)).map((cell) => cell.id),
    );
    this.language = computed(() => {
      const status = this.kernel.status.value;
      return status?.specs.find((spec) => spec.name === status.spec)?.language ?? "python";
    });
    this.sections = computed(() => {
      // Texts change without a new list of cells.
      void this.document.texts.value;
      return sectionsOf(this.document.cells.value);
    });
    this.hidden = computed(() => foldedCells(this.document.cells.value, this.sections.value));
    this.document.onExecution = (row) => this.#row(row);
    this.document.onComments = () => void this.comments.load();
    this.kernel.onNotice = (level, text) => notices.show(level === "error" ? "bad" : level, text);
    this.kernel.onEnded = (status) =>
      this.#ended(status.cell, status.started_ms, status.ended_ms, status.state);
  }

  /** Keeps the state of widgets with the notebook; the page's business. */
  keepWidgets: () => Promise<void> = async () => {};

  /** What the relay keeps of executions. */
  get rows(): ReadonlySignal<ReadonlyMap<string, ExecutionRow>> {
    return this.#rows;
  }
  get mayEdit(): boolean {
    return this.document.rights.value.includes("edit");
  }
  get mayRun(): boolean {
    return this.document.rights.value.includes("run");
  }

  get mayComment(): boolean {
    return this.document.rights.value.includes("comment");
  }

  /** Opens the document and asks what ran. Never rejects. */
  async open(): Promise<void> {
    await this.document.open();
    if (!this.#guest) await this.#askNode();
    void this.comments.load();
    const address = executionsAddress(this.document.id);
    try {
      const { executions } = await api<{ executions: readonly ExecutionRow[] }>("GET", address);
      this.#rows.value = new Map(executions.map((row) => [row.id, row]));
      await localStore.keep(address, executions).catch(() => {});
    } catch (cause) {
      console.info("The relay did not tell what ran:", cause);
      const kept = await localStore.kept<readonly ExecutionRow[]>(address).catch(() => undefined);
      if (kept) this.#rows.value = new Map(kept.value.map((row) => [row.id, row]));
    }
  }

  /** Guests are not told; their runs go to the same node. */
  async #askNode(): Promise<void> {
    try {
      const { nodes, default_node } = await api<{
        nodes: readonly { name: string }[];
        default_node: string | null;
      }>("GET", "/api/nodes");
      this.node = default_node ?? nodes[0]?.name ?? "node";
    } catch (cause) {
      console.info("The relay did not tell its nodes:", cause);
    }
  }

  /** Brings the stored outputs of a cell that comes into sight. */
  near(cell: CellView): void {
    const id = cell.execution?.id;
    const row = id === undefined ? undefined : this.#rows.value.get(id);
    if (id === undefined || !row?.blob || this.#loaded.has(`${id} ${row.blob}`)) return;
    this.#loaded.add(`${id} ${row.blob}`);
    if (this.outputs.count(id) > 0) return;
    loadStored(this.document.id, row.blob).then(
      (outputs) => this.outputs.store(id, outputs),
      (cause: unknown) => {
        this.#loaded.delete(`${id} ${row.blob}`);
        console.info(`The outputs of ${id} did not come:`, cause);
      },
    );
  }

  /** The text that an execution of this page ran. */
  ranSource(execution: string): string | undefined {
    return this.#ran.get(execution);
  }

  editorHost(): EditorHost {
    return kernelHost(this.kernel);
  }

  /** Begins to edit a cell. */
  edit(id: string): void {
    if (!this.mayEdit) return;
    this.selection.select(id, "edit");
    this.page?.show(id);
  }

  /** An editor got the focus. */
  focused(id: string): void {
    if (this.selection.active.value !== id || this.selection.mode.value !== "edit")
      this.selection.select(id, "edit");
    this.document.awareness.setLocalStateField("cell", id);
  }

  /** An editor was left by Escape. */
  leave(): void {
    this.selection.setMode("command");
    this.page?.show(this.selection.active.value);
  }

  /** The cursor left an editor at its top or bottom: on to the next cell's text. */
  leaveEdge(event: Event, id: string, by: -1 | 1): void {
    const cells = this.document.cells.value.filter((cell) => !this.hidden.value.has(cell.id));
    const next = cells[cells.findIndex((cell) => cell.id === id) + by];
    if (!next) return;
    event.preventDefault();
    if (next.type === "markdown") {
      this.selection.select(next.id);
      this.page?.show(next.id);
    } else this.edit(next.id);
  }

  /** Interrupts a running cell, or takes a waiting one out of the queue. */
  stop(cell: CellView): void {
    const id = cell.execution?.id;
    if (id === undefined) return;
    const running = this.kernel.execution(id).value?.state === "running";
    this.#try(
      this.kernel.ask(running ? { type: "interrupt" } : { type: "cancel", executions: [id] }),
      running ? "The kernel was not interrupted" : "The cell was not taken out of the queue",
    );
  }

  toggleOutputs(cell: CellView): void {
    const jupyter = (cell.metadata.jupyter ?? {}) as Record<string, unknown>;
    const hidden = cell.metadata.collapsed === true || jupyter.outputs_hidden === true;
    this.#mark(cell, { collapsed: !hidden, jupyter: { ...jupyter, outputs_hidden: !hidden } });
  }

  toggleScroll(cell: CellView): void {
    this.#mark(cell, { scrolled: cell.metadata.scrolled !== true });
  }

  toggleSource(cell: CellView): void {
    const jupyter = (cell.metadata.jupyter ?? {}) as Record<string, unknown>;
    this.#mark(cell, { jupyter: { ...jupyter, source_hidden: jupyter.source_hidden !== true } });
  }

  /** Saves all that a cell printed as a file. */
  async downloadLog(execution: string): Promise<void> {
    const task = `log ${execution}`;
    const told = (fraction: number): void =>
      this.#notices.progress(task, "Fetching the whole output from the node", fraction);
    told(0);
    try {
      const address = URL.createObjectURL(await this.kernel.whole(execution, told));
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = `${this.document.name.value || "notebook"} output.txt`;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (cause) {
      this.#notices.show("bad", `The whole output did not come: ${sentence(cause)}`);
    } finally {
      this.#notices.ended(task);
    }
  }

  /** Folds or unfolds what is below a heading. */
  toggleSection(id: string, fold?: boolean): void {
    const section = this.sections.value.find((one) => one.cell === id);
    const cell = this.document.cells.value.find((one) => one.id === id);
    if (!section || !cell) return;
    this.#mark(cell, { heading_collapsed: fold ?? !section.folded });
  }

  /** Cells were dropped before or after another one. */
  drop(ids: readonly string[], target: string, side: "before" | "after"): void {
    if (!this.mayEdit) return;
    const cells = this.document.cells.value;
    const at = cells.findIndex((cell) => cell.id === target);
    actions.moveTo(this, ids, side === "after" ? target : cells[at - 1]?.id);
  }

  /** Runs cells and says why when they do not run. */
  async run(cells: readonly CellView[]): Promise<void> {
    if (!this.mayRun) {
      this.#notices.show("warn", "You may look at this notebook, not run its cells.");
      return;
    }
    try {
      this.#startNamed();
      await actions.run(this, cells);
    } catch (cause) {
      this.#notices.show("bad", `The cell did not run: ${sentence(cause)}`);
    } finally {
      for (const cell of cells) {
        const id = this.document.cells.value.find((one) => one.id === cell.id)?.execution?.id;
        if (id !== undefined) this.#ran.set(id, cell.source.toString());
      }
    }
  }

  /** Starts a kernel, in the place of the one that runs, and names it in the notebook as Jupyter does. @throws ChannelError */
  async start(spec: string): Promise<void> {
    const chosen = this.kernel.status.peek()?.specs.find((one) => one.name === spec);
    if (chosen && this.mayEdit)
      this.document.quietly((doc) =>
        setEntries(notebookOf(doc), "metadata", {
          kernelspec: { name: spec, display_name: chosen.display_name, language: chosen.language },
        }),
      );
    await this.kernel.ask({ type: "start", spec }, LONGEST_START_MS);
  }

  /** The first run starts the kernel that the notebook names, where the node has one of that name. */
  #startNamed(): void {
    const status = this.kernel.status.peek();
    const named = entriesOf(notebookOf(this.document.doc).get("metadata")).kernelspec as
      | { readonly name?: unknown }
      | undefined;
    const spec = status?.specs.find((one) => one.name === named?.name)?.name;
    if (status?.state !== "none" || spec === undefined || spec === status.spec) return;
    // Not awaited: cells wait in the node's queue while an environment is made.
    this.#try(this.kernel.ask({ type: "start", spec }, LONGEST_START_MS), "The kernel was not started");
  }

  /** Does what a key, button or menu asks. */
  command(command: NotebookAction): void {
    runCommand(this, command, this.#notices);
  }

  /** Restarts the kernel after asking; then runs all cells, where wished. */
  async restart(run: boolean): Promise<void> {
    const sure = await this.page?.confirm(
      "Restart the kernel?",
      "Its variables are lost. Cells and outputs stay.",
      run ? "Restart and run all" : "Restart",
    );
    if (!sure) return;
    try {
      await this.kernel.ask({ type: "restart" }, 60_000);
      if (run) await this.run(this.document.cells.value);
    } catch (cause) {
      this.#notices.show("bad", `The kernel was not restarted: ${sentence(cause)}`);
    }
  }

  interrupt(): void {
    this.#try(this.kernel.ask({ type: "interrupt" }), "The kernel was not interrupted");
  }

  /** Keeps a version by hand. */
  keepVersion(): void {
    const address = `/api/notebooks/${this.document.id}/versions`;
    const kept = this.keepWidgets()
      .then(() => api("POST", address, { body: { name: "" } }))
      .then(() => this.#notices.show("good", "A version is kept. Edits are kept as you type."));
    this.#try(kept, "No version was kept");
  }

  dispose(): void {
    this.#offline.dispose();
    this.kernel.dispose();
    this.document.dispose();
  }

  /** Marks of how a cell is shown; who may only look sees what the others chose. */
  #mark(cell: CellView, changes: Readonly<Record<string, unknown>>): void {
    if (this.mayEdit) this.document.quietly((doc) => setCellMetadata(doc, cell.id, changes));
  }

  #row(row: ExecutionRow): void {
    const rows = new Map(this.#rows.value);
    rows.set(row.id, row);
    this.#rows.value = rows;
    this.#offline.note(row);
  }

  #ended(cellId: string, started: number | undefined, ended: number | undefined, state: string): void {
    const took = (ended ?? 0) - (started ?? 0);
    if (took < LONG_MS || document.visibilityState === "visible") return;
    const name = this.document.name.value || "A notebook";
    const words = `A cell ${state === "failed" ? "failed" : "ended"} after ${duration(took)}.`;
    if ("Notification" in window && Notification.permission === "granted")
      new Notification(name, { body: words, tag: cellId });
    else this.#notices.show(state === "failed" ? "bad" : "good", `${name}: ${words}`);
  }

  #try(promise: Promise<unknown>, what: string): void {
    promise.catch((cause: unknown) => this.#notices.show("bad", `${what}: ${sentence(cause)}`));
  }
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
