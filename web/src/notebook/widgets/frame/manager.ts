/** The widget manager of one frame: makes models from the states that the page keeps, and their views. */

import type { DOMWidgetView, IClassicComm, WidgetModel, WidgetView } from "@jupyter-widgets/base";
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { OutputModel } from "@jupyter-widgets/output";
import "./amd.ts";
import "anywidget";
import type { ToFrame } from "../messages.ts";
import type { WidgetModelInfo } from "../states.ts";
import { anywidget } from "./amd.ts";
import { PageComm, tell } from "./connection.ts";
import { OutputView } from "./output-view.ts";

const MODULES: Readonly<Record<string, object>> = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  "@jupyter-widgets/output": { OutputModel, OutputView },
  anywidget: anywidget(),
};

type WidgetClass = typeof WidgetModel | typeof WidgetView;

/** See the file's comment. */
export class FrameManager extends ManagerBase {
  readonly #comms = new Map<string, PageComm>();
  readonly #awaited = new Map<string, PromiseWithResolvers<WidgetModel>>();

  /** A message of the page. */
  heard(message: ToFrame): void {
    if (message.type === "model") this.#came(message.model, message.info);
    else if (message.type === "comm") this.#comms.get(message.comm)?.receive(message);
    else if (message.type === "done")
      for (const comm of this.#comms.values()) if (comm.done(message.message)) return;
  }

  /** A model; the page is asked for one that is not here. */
  override get_model(id: string): Promise<WidgetModel> {
    if (this.has_model(id)) return super.get_model(id);
    let awaited = this.#awaited.get(id);
    if (!awaited) {
      awaited = Promise.withResolvers<WidgetModel>();
      this.#awaited.set(id, awaited);
      tell({ type: "ask", model: id });
    }
    return awaited.promise;
  }

  /** A model's view, ready to be put into the page. @throws when the model has none that can be put there */
  async view(id: string): Promise<DOMWidgetView> {
    const model = await this.get_model(id);
    const view = (await this.create_view(model)) as DOMWidgetView;
    // Jupyter's stand-in for what could not be made hides the reason behind a click.
    for (const made of [model, view.model]) {
      const failed: unknown = made.get("error");
      if (failed instanceof Error) throw failed;
    }
    return view;
  }

  protected override loadClass(name: string, module: string): Promise<WidgetClass> {
    const exported: unknown = Reflect.get(MODULES[module] ?? {}, name);
    if (typeof exported === "function") return Promise.resolve(exported as WidgetClass);
    return Promise.reject(
      new Error(
        MODULES[module]
          ? `The widgets of ${module} that Eyepiece has do not include ${name}.`
          : `It needs the JavaScript of ${module}, which Eyepiece does not have. Widgets of ipywidgets and of anywidget work.`,
      ),
    );
  }

  protected override _create_comm(): Promise<IClassicComm> {
    return Promise.reject(new Error("Widgets are made by the kernel, not by the page."));
  }

  protected override _get_comm_info(): Promise<Record<string, never>> {
    return Promise.resolve({});
  }

  #came(id: string, info: WidgetModelInfo | undefined): void {
    const awaited = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (!info) {
      awaited?.reject(new Error("The kernel does not have this widget any more."));
      return;
    }
    const comm = new PageComm(id);
    this.#comms.set(id, comm);
    const { name, module, version } = info;
    const options = {
      model_name: name,
      model_module: module,
      model_module_version: version,
      model_id: id,
      comm,
    };
    // ManagerBase takes the state as JSON, though its binary parts are DataViews.
    const state = { ...info.state } as Parameters<ManagerBase["new_model"]>[1];
    const model = this.new_model(options, state);
    model.then(awaited?.resolve, awaited?.reject ?? console.error);
  }
}
