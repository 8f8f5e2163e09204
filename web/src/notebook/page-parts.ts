/** What stands around the cells of a notebook's page. */
import type { KernelStatus } from "@eyepiece/protocol/kernel/messages.ts";
import { html, nothing, type TemplateResult } from "lit";
import { KEY_SHEET } from "./keys.ts";
import type { NotebookView } from "./notebook-view.ts";

/** What went wrong, and what is waited for. */
export function banners(view: NotebookView): TemplateResult {
  const trouble = view.document.trouble.value;
  const { phase, reason } = view.document.phase.value;
  const status = view.kernel.status.value;
  return html`
      ${trouble === "" ? nothing : html`<div class="banner" role="alert">${trouble}</div>`}
      ${status?.state === "preparing" ? preparing(status) : nothing}
      ${phase === "offline" && reason !== "" ? html`<div class="banner" role="status">${reason}</div>` : nothing}
    `;
}

function preparing({ message, fraction }: KernelStatus): TemplateResult {
  return html`<div class="banner calm" role="status">
      ${message || "Making the kernel's environment, once."} Queued cells run when it is there.
      <wa-progress-bar
        label="Making the environment"
        ?indeterminate=${fraction === undefined}
        value=${Math.round((fraction ?? 0) * 100)}
      ></wa-progress-bar>
    </div>`;
}

/** The notebook's headings; one that is pressed is gone to. */
export function contentsList(view: NotebookView, goTo: (cell: string) => void): TemplateResult {
  const sections = view.sections.value;
  return html`<aside class="left" aria-label="Contents">
      <h2>Contents</h2>
      ${sections.length === 0 ? html`<p class="quiet" style="padding: 0 12px">Headings of Markdown cells stand here.</p>` : nothing}
      <ul class="contents">
        ${sections.map(
          (section) => html`<li>
            <button
              type="button"
              style=${`padding-left:${6 + (section.level - 1) * 12}px`}
              @click=${() => goTo(section.cell)}
            >
              ${section.text}
            </button>
          </li>`,
        )}
      </ul>
    </aside>`;
}

/** The keys, by what they are for. */
export function keySheet(open: boolean, closed: () => void): TemplateResult {
  return html`<wa-dialog
    class="keys"
    label="Keys of the notebook"
    ?open=${open}
    light-dismiss
    @wa-after-hide=${(event: Event) => {
      if (event.target === event.currentTarget) closed();
    }}
  >
    <p class="quiet">On a Mac, Ctrl is Cmd. Letters work while no text is being edited: Escape leaves it.</p>
    <div class="sheet">
      ${KEY_SHEET.map(
        ([group, keys]) => html`<section>
          <h3>${group}</h3>
          <dl>${keys.map(([key, what]) => html`<dt>${key}</dt><dd>${what}</dd>`)}</dl>
        </section>`,
      )}
    </div>
  </wa-dialog>`;
}
