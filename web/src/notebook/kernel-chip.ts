/** <ep-kernel-chip>: which kernel, what it does, what it takes; and a menu to choose another. */
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import "../ui/popover.ts";
import type { NotebookView } from "./notebook-view.ts";

const COLOURS: Readonly<Record<string, string>> = {
  idle: "good",
  busy: "accent",
  starting: "warn",
  preparing: "warn",
  restarting: "warn",
  dead: "bad",
};

/** See the file's comment. */
export class EpKernelChip extends EpElement {
  static override properties = { view: { attribute: false } };
  declare view: NotebookView | undefined;
  readonly #notices = new Shared(this, noticesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 0 4px;
        white-space: nowrap;
        font-size: 12px;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
      }
      .panel {
        display: grid;
        gap: 8px;
        width: 300px;
        font-size: 12px;
      }
      .panel p {
        margin: 0;
      }
      .specs {
        display: grid;
        gap: 1px;
      }
      .specs .button {
        justify-content: flex-start;
      }
      .figures {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 10px;
        margin: 0;
      }
      .figures dd {
        margin: 0;
        text-align: right;
      }
      .row {
        display: flex;
        gap: 6px;
      }
      @media (max-width: 700px) {
        .spec,
        .meter {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    const status = view.kernel.status.value;
    const link = view.kernel.state.value;
    const away = link.state !== "open";
    const spec = status?.specs.find((one) => one.name === status.spec);
    const name = spec?.display_name ?? (status?.spec || "No kernel");
    const queue = view.kernel.running.value.length;
    const word = away
      ? link.state === "connecting"
        ? "connecting"
        : "no node"
      : status?.state === "none" || !status
        ? "not started"
        : status.state;
    const colour = away ? "quiet" : (COLOURS[status?.state ?? ""] ?? "quiet");
    const waiting = queue > 1 ? ` · ${queue} queued` : "";
    return html`<ep-popover label=${`Kernel: ${name}, ${word}`}>
      <span slot="button" class="chip">
        <span class="dot" style=${`background: var(--${colour})`}></span>
        <span class="spec">${name}</span>
        <span class="quiet">${word}${waiting}</span>
        ${status?.memory_bytes ? html`<span class="quiet num meter">${bytes(status.memory_bytes)}</span>` : nothing}
      </span>
      <div class="panel">
        ${away ? html`<p>${link.reason || "No node is connected. The notebook can be read and edited; cells run when a node is back."}</p>` : nothing}
        ${status?.message ? html`<p role="status">${status.message}</p>` : nothing}
        ${
          status?.state === "preparing"
            ? html`<wa-progress-bar
                label="Making the environment"
                ?indeterminate=${status.fraction === undefined}
                value=${Math.round((status.fraction ?? 0) * 100)}
              ></wa-progress-bar>`
            : nothing
        }
        ${this.#figures(view)}
        ${
          view.mayRun && !away
            ? html`<div class="specs" role="group" aria-label="Kernels">
                ${(status?.specs ?? []).map(
                  (one) => html`<button
                    class="button"
                    type="button"
                    aria-pressed=${one.name === status?.spec && status.state !== "none" ? "true" : "false"}
                    @click=${() => this.#start(view, one.name)}
                  >
                    ${one.display_name}${one.ready ? "" : html`<span class="quiet">· is made when first used</span>`}
                  </button>`,
                )}
              </div>
              <div class="row">
                <button class="button framed" type="button" @click=${() => view.command("interrupt")}>Interrupt</button>
                <button class="button framed" type="button" @click=${() => view.command("restart")}>Restart</button>
                <button class="button framed" type="button" @click=${() => this.#shutdown(view)}>Shut down</button>
              </div>`
            : nothing
        }
        ${link.state === "away" ? html`<button class="button framed" type="button" @click=${() => view.kernel.retry()}>Try again</button>` : nothing}
      </div>
    </ep-popover>`;
  }

  #figures(view: NotebookView): TemplateResult | typeof nothing {
    const status = view.kernel.status.value;
    const rows: [string, string][] = [];
    if (status?.memory_bytes) rows.push(["Memory", bytes(status.memory_bytes)]);
    if (status?.gpu_bytes) rows.push(["GPU memory", bytes(status.gpu_bytes)]);
    if (status?.array_bytes) rows.push(["Arrays of viewers", bytes(status.array_bytes)]);
    if (status?.cpu_share !== undefined) rows.push(["Processor", `${Math.round(status.cpu_share * 100)}%`]);
    if (status?.started_ms) rows.push(["Started", new Date(status.started_ms).toLocaleTimeString()]);
    if (rows.length === 0) return nothing;
    return html`<dl class="figures num">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  }

  #start(view: NotebookView, spec: string): void {
    view.start(spec).catch((cause: unknown) => this.#say("The kernel was not started", cause));
  }

  #shutdown(view: NotebookView): void {
    void view.page
      ?.confirm("Shut the kernel down?", "Its variables are lost. Cells and outputs stay.", "Shut down")
      .then((sure) => (sure ? view.kernel.ask({ type: "shutdown" }) : undefined))
      .catch((cause: unknown) => this.#say("The kernel was not shut down", cause));
  }

  #say(what: string, cause: unknown): void {
    this.#notices.value.show("bad", `${what}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
customElements.define("ep-kernel-chip", EpKernelChip);

/** Bytes as people read them. */
export function bytes(count: number): string {
  if (count < 1e6) return `${Math.max(1, Math.round(count / 1e3))} kB`;
  if (count < 1e9) return `${Math.round(count / 1e6)} MB`;
  return `${(count / 1e9).toFixed(1)} GB`;
}
