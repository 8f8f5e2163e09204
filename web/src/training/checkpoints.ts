/** A job's checkpoints as a list: each can be chatted with, and trained further. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { moment } from "../ui/when.ts";
import type { JobCheckpoint } from "./api.ts";
import { figure } from "./words.ts";

/** A page's address that begins with a model. */
export const withModel = (page: string, model: string): string =>
  `${page}?model=${encodeURIComponent(model)}`;

/** The states of the weights that a job has kept, the newest first. */
export function checkpointList(checkpoints: readonly JobCheckpoint[]): TemplateResult {
  return html`<section aria-labelledby="checkpoints">
    <div class="head"><h2 id="checkpoints">Checkpoints</h2></div>
    ${
      checkpoints.length === 0
        ? html`<p class="quiet">None is kept yet. Each can be chatted with, and trained further.</p>`
        : html`<ul class="rows checkpoints" aria-label="Checkpoints">
            ${repeat(
              checkpoints,
              ({ id }) => id,
              ({ step_number, created_at, metrics, fine_tuned_model_checkpoint }) => html`<li>
                <span class="main num">
                  <span class="name">Step ${step_number}</span>
                  ${typeof metrics.train_loss === "number" ? html`<span class="aside">loss ${figure(metrics.train_loss)}</span>` : nothing}
                  <time class="aside push" datetime=${new Date(created_at * 1000).toISOString()}>${moment(created_at * 1000)}</time>
                </span>
                <a
                  class="button icon"
                  href=${withModel("/chat", fine_tuned_model_checkpoint)}
                  aria-label=${`Chat with step ${step_number}`}
                  title="Chat with it"
                ><ep-icon name="message"></ep-icon></a>
                <a
                  class="button icon"
                  href=${withModel("/models/new", fine_tuned_model_checkpoint)}
                  aria-label=${`Train step ${step_number} further`}
                  title="Train it further"
                ><ep-icon name="brain"></ep-icon></a>
              </li>`,
            )}
          </ul>`
    }
  </section>`;
}
