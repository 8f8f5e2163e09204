/** The conversations of this browser, and the answers that are being written. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { localStore } from "../documents/local-store.ts";
import { complete, type Delta } from "./completions.ts";
import {
  type Conversation,
  messagesFor,
  newConversation,
  settled,
  type Version,
  withEdit,
  withNewest,
  withTry,
  withTurn,
} from "./conversation.ts";

/** How long after a change it is kept on disk, while more changes come. */
const KEEP_MS = 500;

/** One conversation is open; all are kept in IndexedDB. Writing goes on when another one is looked at. */
export class Conversations {
  readonly #all = signal<readonly Conversation[]>([]);
  readonly #current = signal<string>("");
  readonly #writing = signal<ReadonlyMap<string, AbortController>>(new Map());
  readonly #finished = signal(0);
  readonly #read = signal(false);
  readonly #unkept = new Set<string>();
  #person = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest first. */
  readonly all: ReadonlySignal<readonly Conversation[]> = this.#all;
  /** How many answers have ended. */
  readonly finished: ReadonlySignal<number> = this.#finished;
  /** Whether what is kept has been read: nothing is begun before, or it would stand in the place of the last conversation. */
  readonly read: ReadonlySignal<boolean> = this.#read;
  /** Whether tokens come with their probabilities. */
  readonly chances = signal(true);

  constructor() {
    addEventListener("pagehide", () => void this.#keep());
  }

  /** Reads what is kept of a person; what another had open here goes. @param failed told when the browser keeps nothing */
  async begin(person: string, failed: (cause: unknown) => void): Promise<void> {
    if (this.#person !== person) {
      for (const { id } of this.#all.value) this.stop(id);
      this.#unkept.clear();
      this.#all.value = [];
      this.#current.value = "";
      this.#read.value = false;
      this.#person = person;
    }
    try {
      const all = (await localStore.conversations()) as Conversation[];
      const kept = all.filter((one) => one.person === person);
      const here = new Set(this.#all.value.map(({ id }) => id));
      this.#all.value = [...this.#all.value, ...kept.filter(({ id }) => !here.has(id)).map(settled)].sort(
        (a, b) => b.updatedMs - a.updatedMs,
      );
      if (this.#current.value === "") this.#current.value = this.#all.value[0]?.id ?? "";
    } catch (cause) {
      failed(cause);
    } finally {
      if (this.#person === person) this.#read.value = true;
    }
  }

  /** The one that is open. */
  get current(): Conversation | undefined {
    return this.#all.value.find(({ id }) => id === this.#current.value);
  }

  open(id: string): void {
    this.#current.value = id;
  }

  /** Opens a new one with the settings of the one before. Not before what is kept has been read. */
  start(models: readonly string[]): void {
    if (!this.#read.value) return;
    const { sampling, system } = this.current ?? newConversation(this.#person, models);
    const made = { ...newConversation(this.#person, models), sampling, system };
    // An empty one is enough.
    const empty = this.#all.value.find(({ turns }) => turns.length === 0);
    const next = empty ? { ...made, id: empty.id } : made;
    this.#put(next, true);
    this.#current.value = next.id;
  }

  /** Changes the one that is open. */
  change(change: (conversation: Conversation) => Conversation): void {
    const { current } = this;
    if (current) this.#put(change(current));
  }

  /** Has other columns: what is being written ends, because it would not find its own any more. */
  changeColumns(change: (conversation: Conversation) => Conversation): void {
    const { current } = this;
    if (!current) return;
    this.stop(current.id);
    this.change((conversation) => change(settled(conversation)));
  }

  /** Forgets one for good. */
  async forget(id: string): Promise<void> {
    this.stop(id);
    this.#all.value = this.#all.value.filter((one) => one.id !== id);
    this.#unkept.delete(id);
    if (this.#current.value === id) this.#current.value = this.#all.value[0]?.id ?? "";
    await localStore.forgetConversation(id);
  }

  /** Whether answers of a conversation are being written. */
  writing(id: string): boolean {
    return [...this.#writing.value.keys()].some((key) => key.startsWith(`${id}/`));
  }

  /** Says something in the one that is open: all its columns answer. */
  say(text: string): void {
    this.change((conversation) => withTurn(conversation, text));
    this.#answerLast();
  }

  /** Says something else in a turn. */
  edit(turn: number, text: string): void {
    const { current } = this;
    if (current) this.stop(current.id);
    this.change((conversation) => withEdit(conversation, turn, text));
    this.#answerLast();
  }

  /** Has a column try again. */
  again(turn: number, column: number): void {
    const { current } = this;
    if (!current) return;
    // What is written in turns that go is for nobody.
    if (turn < current.turns.length - 1) this.stop(current.id);
    else this.stop(current.id, column);
    this.change((conversation) => withTry(conversation, turn, column));
    void this.#answer(current.id, turn, column);
  }

  /** Stops what is being written in a conversation, or in one column of it. */
  stop(id: string, column?: number): void {
    for (const [key, ending] of this.#writing.value)
      if (column === undefined ? key.startsWith(`${id}/`) : key === `${id}/${column}`) ending.abort();
  }

  #answerLast(): void {
    const { current } = this;
    if (!current) return;
    const turn = current.turns.length - 1;
    for (const column of current.models.keys()) {
      this.change((conversation) => withTry(conversation, turn, column));
      void this.#answer(current.id, turn, column);
    }
  }

  async #answer(id: string, turn: number, column: number): Promise<void> {
    const key = `${id}/${column}`;
    const ending = new AbortController();
    this.#writing.value = new Map(this.#writing.value).set(key, ending);
    const begun = performance.now();
    // Chunks come faster than a screen shows them.
    let waiting: Delta[] = [];
    let firstMs = 0;
    const change = (to: (version: Version) => Version) => {
      const conversation = this.#all.value.find((one) => one.id === id);
      if (conversation && this.#writing.value.get(key) === ending)
        this.#put(withNewest(conversation, turn, column, to));
    };
    const show = (): void => {
      const deltas = waiting;
      waiting = [];
      if (deltas.length > 0)
        change((version) => ({
          ...deltas.reduce(grown, version),
          ...{ firstMs, allMs: performance.now() - begun },
        }));
    };
    let frame = 0;
    try {
      const conversation = this.#all.value.find((one) => one.id === id);
      if (!conversation) return;
      const asked = {
        ...{ model: conversation.models[column] ?? "", messages: messagesFor(conversation, turn, column) },
        ...{ sampling: conversation.sampling, chances: this.chances.peek() },
      };
      for await (const delta of complete(asked, ending.signal)) {
        if (firstMs === 0 && delta.text !== "") firstMs = performance.now() - begun;
        waiting.push(delta);
        if (frame === 0)
          frame = requestAnimationFrame(() => {
            frame = 0;
            show();
          });
      }
      show();
      change((version) => ({ ...version, state: "done", allMs: performance.now() - begun }));
    } catch (cause) {
      show();
      const trouble = cause instanceof Error ? cause.message : String(cause);
      change((version) =>
        ending.signal.aborted
          ? { ...version, state: "stopped" }
          : { ...version, state: "failed", trouble, allMs: performance.now() - begun },
      );
    } finally {
      cancelAnimationFrame(frame);
      this.#finished.value += 1;
      if (this.#writing.value.get(key) === ending) {
        const rest = new Map(this.#writing.value);
        rest.delete(key);
        this.#writing.value = rest;
      }
    }
  }

  #put(conversation: Conversation, first = false): void {
    if (conversation.person !== this.#person) return;
    const rest = this.#all.value.filter(({ id }) => id !== conversation.id);
    const at = first ? 0 : this.#all.value.findIndex(({ id }) => id === conversation.id);
    this.#all.value = rest.toSpliced(Math.max(0, at), 0, conversation);
    this.#unkept.add(conversation.id);
    this.#timer ??= setTimeout(() => void this.#keep(), KEEP_MS);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#unkept];
    this.#unkept.clear();
    for (const id of ids) {
      const conversation = this.#all.value.find((one) => one.id === id);
      if (conversation && conversation.turns.length > 0)
        await localStore.keepConversation(conversation).catch((cause: unknown) => console.info(cause));
    }
  }
}

function grown(version: Version, { text, tokens, finish, usage }: Delta): Version {
  return {
    ...version,
    text: version.text + text,
    tokens: tokens.length > 0 ? [...version.tokens, ...tokens] : version.tokens,
    finish: finish || version.finish,
    promptTokens: usage?.prompt_tokens ?? version.promptTokens,
    completionTokens: usage?.completion_tokens ?? version.completionTokens,
  };
}

/** Of this page, for as long as the app is open: answers go on when another page is looked at. */
export const conversations = new Conversations();
