/** Outputs of a notebook's executions: stored ones from the relay, live ones from the node, one state for each execution. */
import type { OutputItem } from "@eyepiece/protocol/kernel/messages.ts";
import {
  NO_OUTPUTS,
  type Output,
  type OutputState,
  reduceItems,
  updateDisplay,
} from "@eyepiece/protocol/kernel/outputs.ts";
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";

const FRAME_MS = 16;

interface Entry {
  readonly state: Signal<OutputState>;
  /** Items of the log that are in the state or waiting. */
  items: number;
  waiting: OutputItem[];
  /** Came whole from the relay: the log is not asked for. */
  stored: boolean;
}

/**
 * See the file's comment. Items that arrive within one display frame are applied together, so that a flood of text costs a page
 * one update a frame.
 */
export class OutputsStore {
  readonly #entries = new Map<string, Entry>();
  readonly #dirty = new Set<Entry>();
  #frame = 0;
  #appliedAt = 0;

  /** The outputs of an execution, which may come later. */
  of(execution: string): ReadonlySignal<OutputState> {
    return this.#entry(execution).state;
  }

  /** Items of the log that are here. */
  count(execution: string): number {
    return this.#entries.get(execution)?.items ?? 0;
  }

  /** Whether the outputs came whole from the relay. */
  stored(execution: string): boolean {
    return this.#entries.get(execution)?.stored ?? false;
  }

  /** The outputs as the relay keeps them. What came live is newer, and stays. */
  store(execution: string, outputs: readonly Output[]): void {
    const entry = this.#entry(execution);
    if (entry.items > 0) return;
    entry.stored = true;
    entry.state.value = {
      outputs: outputs.map((output, key) => ({ key, output })),
      clearing: false,
      next: outputs.length,
    };
  }

  /**
   * Items of the log, the first of which has the number `from`.
   * @returns false when items before them are missing
   */
  append(execution: string, from: number, items: readonly OutputItem[]): boolean {
    const entry = this.#entry(execution);
    if (entry.stored) {
      // A log that goes on is more than what was kept: begin with it.
      if (from > 0) return false;
      entry.stored = false;
      entry.state.value = NO_OUTPUTS;
    }
    if (from > entry.items) return false;
    const fresh = items.slice(entry.items - from);
    if (fresh.length === 0) return true;
    entry.items += fresh.length;
    for (const item of fresh) entry.waiting.push(item);
    this.#dirty.add(entry);
    if (this.#frame === 0) this.#frame = this.#schedule();
    return true;
  }

  #schedule(): number {
    // After a rest the first output shows at once: only what follows within a frame waits for it.
    if (performance.now() - this.#appliedAt > FRAME_MS) {
      queueMicrotask(() => this.#apply());
      return -1;
    }
    // A hidden page gets no frames, and should not keep all until it is shown.
    if (document.visibilityState === "hidden") return window.setTimeout(() => this.#apply(), 200);
    return requestAnimationFrame(() => this.#apply());
  }

  #apply(): void {
    this.#frame = 0;
    this.#appliedAt = performance.now();
    for (const entry of this.#dirty) {
      const items = entry.waiting;
      entry.waiting = [];
      entry.state.value = reduceItems(items, entry.state.value);
      for (const item of items) {
        if (item.op !== "update") continue;
        for (const other of this.#entries.values()) {
          if (other !== entry)
            other.state.value = updateDisplay(other.state.value, item.display_id, item.data, item.metadata);
        }
      }
    }
    this.#dirty.clear();
  }

  #entry(execution: string): Entry {
    let entry = this.#entries.get(execution);
    if (!entry) {
      entry = { state: signal(NO_OUTPUTS), items: 0, waiting: [], stored: false };
      this.#entries.set(execution, entry);
    }
    return entry;
  }
}
