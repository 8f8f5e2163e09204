/** The view of ipywidgets' Output: what was printed while it collected. */
import { DOMWidgetView } from "@jupyter-widgets/base";
import { Widget } from "@lumino/widgets";
import { ansiHtml } from "../../outputs/ansi.ts";
import { choose, textOf } from "../../outputs/bundle.ts";
import { isRecord } from "../states.ts";
import type { FrameManager } from "./manager.ts";

interface Shown {
  readonly key: string;
  readonly element: HTMLElement;
  readonly dispose: () => void;
}

/** See the file's comment. */
export class OutputView extends DOMWidgetView {
  #shown: Shown[] = [];

  override render(): void {
    super.render();
    this.el.classList.add("ep-output");
    this.listenTo(this.model, "change:outputs", () => this.#update());
    this.#update();
  }

  override remove(): void {
    for (const { dispose } of this.#shown) dispose();
    super.remove();
  }

  #update(): void {
    const outputs: unknown = this.model.get("outputs");
    const list = Array.isArray(outputs) ? outputs.filter(isRecord) : [];
    const before = this.#shown;
    // What did not change stays: widgets keep their focus, pictures do not flicker.
    this.#shown = list.map((output, i) => {
      const key = JSON.stringify(output);
      const old = before[i];
      return old?.key === key ? old : { key, ...this.#one(output) };
    });
    for (const old of before) if (!this.#shown.includes(old)) old.dispose();
    for (const [i, { element }] of this.#shown.entries())
      if (this.el.children[i] !== element) this.el.insertBefore(element, this.el.children[i] ?? null);
  }

  #one(output: Readonly<Record<string, unknown>>): Omit<Shown, "key"> {
    const element = document.createElement("div");
    const shown = { element, dispose: () => element.remove() };
    if (output.output_type === "stream") {
      const { name, text } = output;
      element.append(terminal(textOf(text) ?? "", name === "stderr" ? "stderr" : ""));
      return shown;
    }
    if (output.output_type === "error") {
      const lines = textOf(
        Array.isArray(output.traceback) ? output.traceback.map((line) => `${line}\n`) : "",
      );
      element.append(terminal(lines || `${String(output.ename)}: ${String(output.evalue)}`, "error"));
      return shown;
    }
    const data = isRecord(output.data) ? output.data : {};
    const what = choose(data);
    switch (what.by) {
      case "widget":
        return this.#nested(what.model, element);
      case "image": {
        const image = document.createElement("img");
        image.src = what.address;
        image.alt = what.alt;
        element.append(image);
        return shown;
      }
      case "clean-html":
        element.innerHTML = what.html;
        return shown;
      case "frame":
        if (what.mime === "text/html") withScripts(element, what.data);
        else Function("element", what.data).call(window, element);
        return shown;
      case "json":
        element.append(terminal(JSON.stringify(what.value, undefined, 2), ""));
        return shown;
      default:
        element.append(terminal(textOf(data["text/plain"]) ?? "", ""));
        return shown;
    }
  }

  #nested(id: string, element: HTMLElement): Omit<Shown, "key"> {
    const made = (this.model.widget_manager as FrameManager).view(id).then(
      (view) => {
        if (element.isConnected) Widget.attach(view.luminoWidget, element);
        return view;
      },
      (cause: unknown) => {
        element.append(cause instanceof Error ? cause.message : String(cause));
        return undefined;
      },
    );
    const dispose = (): void => {
      void made.then((view) => view?.remove());
      element.remove();
    };
    return { element, dispose };
  }
}

function terminal(text: string, kind: string): HTMLPreElement {
  const element = document.createElement("pre");
  element.className = kind;
  element.innerHTML = ansiHtml(text);
  return element;
}

/** Scripts that come as HTML do not run by themselves: each is made anew. */
function withScripts(element: HTMLElement, html: string): void {
  element.innerHTML = html;
  for (const old of element.querySelectorAll("script")) {
    const script = document.createElement("script");
    for (const { name, value } of old.attributes) script.setAttribute(name, value);
    script.textContent = old.textContent;
    script.async = false;
    old.replaceWith(script);
  }
}
