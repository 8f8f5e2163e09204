/** What can be done now: pages offer commands while they are shown, the palette lists them. */
import { createContext } from "@lit/context";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { IconName } from "../ui/icon.ts";

/** Something that can be done or gone to. */
export interface PaletteCommand {
  readonly title: string;
  /** Where it belongs: "Notebook", "Go to". */
  readonly group: string;
  readonly icon: IconName;
  /** The keys that do the same, as they are shown. */
  readonly keys?: string;
  readonly act: () => void;
}

/** Asked each time the palette opens. */
export type CommandSource = () => readonly PaletteCommand[] | Promise<readonly PaletteCommand[]>;

/** The commands of the app. */
export class Commands {
  readonly #sources = new Set<CommandSource>();
  readonly #open = signal(false);
  /** Whether the palette is shown. */
  readonly open: ReadonlySignal<boolean> = this.#open;

  /** Offers commands, until the function that is returned is called. The newest source's come first. */
  add(source: CommandSource): () => void {
    this.#sources.add(source);
    return () => this.#sources.delete(source);
  }

  /** All sources, the newest first. */
  get sources(): readonly CommandSource[] {
    return [...this.#sources].reverse();
  }

  show(): void {
    this.#open.value = true;
  }

  hide(): void {
    this.#open.value = false;
  }
}

export const commandsContext = createContext<Commands>(Symbol("commands"));
