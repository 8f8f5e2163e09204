/** The widgets that a notebook's metadata keep: read for those that no kernel has, written when the person keeps or downloads it. */
import { setNotebookMetadata } from "@eyepiece/protocol/notebook/document.ts";
import * as Y from "yjs";
import type { NotebookDocument } from "../../documents/notebook-document.ts";
import type { Notices } from "../../services/notices.ts";
import { keptStates, MOST_KEPT, readKept, STATE_MIME } from "./kept-states.ts";
import { isRecord, type WidgetModelInfo } from "./states.ts";

/** Of one notebook. */
export class KeptWidgets {
  readonly #document: NotebookDocument;
  readonly #notices: Notices;
  #read: { readonly of: unknown; readonly models: ReadonlyMap<string, WidgetModelInfo> } | undefined;

  constructor(document: NotebookDocument, notices: Notices) {
    this.#document = document;
    this.#notices = notices;
  }

  /** What is kept now. */
  models(): ReadonlyMap<string, WidgetModelInfo> {
    const widgets = this.#widgets();
    if (this.#read?.of !== widgets || !this.#read) this.#read = { of: widgets, models: readKept(widgets) };
    return this.#read.models;
  }

  /** Keeps these in the place of those; where a kernel has none, those stay. @returns when the relay has them */
  async keep(models: ReadonlyMap<string, WidgetModelInfo>): Promise<void> {
    if (models.size === 0) return;
    const widgets = this.#widgets();
    const states = keptStates(models);
    const text = JSON.stringify(states);
    if (isRecord(widgets) && JSON.stringify(widgets[STATE_MIME]) === text) return;
    if (text.length > MOST_KEPT) {
      this.#notices.show(
        "warn",
        "The widgets' state is larger than 2 MiB, and is not kept with the notebook.",
      );
      return;
    }
    const others = isRecord(widgets) ? widgets : {};
    setNotebookMetadata(this.#document.doc, { widgets: { ...others, [STATE_MIME]: states } });
    await this.#document.kept();
  }

  #widgets(): unknown {
    const metadata: unknown = this.#document.doc.getMap("notebook").get("metadata");
    return metadata instanceof Y.Map ? metadata.get("widgets") : undefined;
  }
}
