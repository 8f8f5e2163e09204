/** Sentences for the person: each says what happened and what to do, and goes by itself unless it is an error. */
import { type ReadonlySignal, signal } from "@preact/signals-core";

export type NoticeLevel = "info" | "good" | "warn" | "bad";

export interface Notice {
  readonly id: number;
  readonly level: NoticeLevel;
  readonly text: string;
}

/** Something under way: a file that opens, an upload. `fraction` is 0..1, or below 0 when unknown. */
export interface Progress {
  readonly task: string;
  readonly text: string;
  readonly fraction: number;
}

const SHOWN_MS = 6000;
const MOST = 4;

/** The toasts and the tasks of the page. */
export class Notices {
  readonly #list = signal<readonly Notice[]>([]);
  readonly #tasks = signal<readonly Progress[]>([]);
  readonly list: ReadonlySignal<readonly Notice[]> = this.#list;
  readonly tasks: ReadonlySignal<readonly Progress[]> = this.#tasks;
  #count = 0;

  /** Shows a sentence. The same one again does not show twice. */
  show(level: NoticeLevel, text: string): void {
    this.#count += 1;
    const id = this.#count;
    const others = this.#list.value.filter((notice) => notice.text !== text);
    this.#list.value = [...others, { id, level, text }].slice(-MOST);
    if (level !== "bad") setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.#list.value = this.#list.value.filter((notice) => notice.id !== id);
  }

  /** Says how far a task is. */
  progress(task: string, text: string, fraction: number): void {
    const others = this.#tasks.value.filter((other) => other.task !== task);
    this.#tasks.value = [...others, { task, text, fraction }];
  }

  /** The task is over. */
  ended(task: string): void {
    this.#tasks.value = this.#tasks.value.filter((other) => other.task !== task);
  }
}
