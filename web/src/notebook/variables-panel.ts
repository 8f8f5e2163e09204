/** <ep-variables-panel>: the kernel's variables, asked for when it has come to rest. */
import type { Variable } from "@eyepiece/protocol/kernel/messages.ts";
import { effect } from "@preact/signals-core";
import { css, html, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { bytes } from "./kernel-chip.ts";
import type { KernelClient } from "./kernel-client.ts";

/** See the file's comment. */
export class EpVariablesPanel extends EpElement {
  static override properties = { kernel: { attribute: false } };
  declare kernel: KernelClient | undefined;
  #variables: readonly Variable[] = [];
  #words = "Variables stand here when a cell has run.";
  #filter = "";
  #stop: (() => void) | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        font-size: 12px;
      }
      .head {
        position: sticky;
        top: 0;
        padding: 8px 12px;
        background: var(--panel);
      }
      .head input {
        width: 100%;
      }
      p {
        padding: 0 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      td,
      th {
        padding: 4px 12px;
        text-align: left;
        vertical-align: top;
        border-bottom: 1px solid var(--line);
        overflow-wrap: anywhere;
        font-weight: 400;
      }
      th {
        font-family: var(--mono);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  #follow(): void {
    let before = "";
    this.#stop = effect(() => {
      const state = this.kernel?.status.value?.state ?? "none";
      if (state === "idle" && before !== "idle") void this.#ask();
      if (state === "none" || state === "dead" || state === "restarting") {
        this.#variables = [];
        this.requestUpdate();
      }
      before = state;
    });
  }

  async #ask(): Promise<void> {
    try {
      const content = await this.kernel?.ask({ type: "variables" });
      const list = content?.variables;
      this.#variables = Array.isArray(list) ? (list as Variable[]) : [];
      this.#words = "No variables yet.";
    } catch (cause) {
      this.#words = cause instanceof Error ? cause.message : String(cause);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const shown = this.#variables.filter((one) =>
      `${one.name} ${one.type}`.toLowerCase().includes(this.#filter.toLowerCase()),
    );
    return html`<div class="head">
        <input
          class="field"
          type="search"
          placeholder="Filter variables"
          aria-label="Filter variables"
          @input=${(event: Event) => {
            this.#filter = (event.target as HTMLInputElement).value;
            this.requestUpdate();
          }}
        />
      </div>
      ${
        shown.length === 0
          ? html`<p class="quiet">${this.#variables.length === 0 ? this.#words : "None of that name."}</p>`
          : html`<table>
              ${shown.map(
                (one) => html`<tr>
                  <th scope="row">${one.name}</th>
                  <td>
                    <div class="quiet">${one.type}${one.bytes === undefined ? "" : ` · ${bytes(one.bytes)}`}</div>
                    ${one.summary}
                  </td>
                </tr>`,
              )}
            </table>`
      }`;
  }
}
customElements.define("ep-variables-panel", EpVariablesPanel);
