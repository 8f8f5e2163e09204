/** <ep-queue-panel>: one's waiting jobs, with their place and why they wait, and what the node's GPUs are used for. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { sectionStyles } from "../pages/section-styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import type { GpuFacts, GpuHold, Queue } from "./live.ts";

const GIB = 1024 ** 3;
const USES: Readonly<Record<string, string>> = {
  viewer: "a viewer",
  kernel: "a notebook",
  inference: "a model that answers",
  training: "training",
  flows: "a flow",
  encoder: "video",
};

/** See the file's comment. `names`: what jobs are called, by their ids. */
export class EpQueuePanel extends EpElement {
  static override properties = { queue: { attribute: false }, names: { attribute: false } };
  declare queue: Queue | undefined;
  declare names: ReadonlyMap<string, string>;

  static override styles = [
    sharedStyles,
    pageStyles,
    sectionStyles,
    css`
      .bar {
        flex: none;
        width: 96px;
        height: 6px;
        border-radius: 3px;
        background: var(--line);
        overflow: hidden;
      }
      .bar > span {
        display: block;
        height: 100%;
        background: var(--accent);
      }
      .place {
        min-width: 3ch;
        font-variant-numeric: tabular-nums;
      }
      .why {
        flex: 1 1 240px;
      }
      .main {
        flex-wrap: wrap;
      }
      .rows + .rows,
      p + .rows {
        margin-top: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.queue = undefined;
    this.names = new Map();
  }

  override render(): TemplateResult | typeof nothing {
    const { queue } = this;
    if (!queue || (queue.gpus.length === 0 && queue.mine.length === 0)) return nothing;
    return html`<section aria-labelledby="queue">
      <div class="head"><h2 id="queue">Queue and GPUs</h2></div>
      ${this.#line(queue)}
      ${
        queue.gpus.length === 0
          ? html`<p class="quiet">Jobs train on this node's CPU: it has no GPU for them.</p>`
          : html`<ul class="rows" aria-label="GPUs">
              ${queue.gpus.map((gpu) => this.#gpu(gpu))}
            </ul>`
      }
    </section>`;
  }

  #line({ waiting, mine }: Queue): TemplateResult {
    if (waiting === 0) return html`<p class="quiet" role="status">No job waits.</p>`;
    const others = waiting - mine.length;
    const rest = others === 1 ? "One job of somebody else waits" : `${others} jobs of others wait`;
    return html`${
      mine.length === 0
        ? nothing
        : html`<ol class="rows" aria-label="Your waiting jobs">
            ${mine.map(
              ({ job_id, position, why }) => html`<li>
                <span class="main">
                  <span class="place" title="Place in the queue of everybody">${position}.</span>
                  <a href=${`/models/${job_id}`}>${this.names.get(job_id) ?? job_id}</a>
                  <span class="why quiet">${why}</span>
                </span>
              </li>`,
            )}
          </ol>`
    }
    ${others === 0 ? nothing : html`<p class="quiet">${rest}${mine.length > 0 ? ", too" : ""}.</p>`}`;
  }

  #gpu({ name, total, free, fake, held }: GpuFacts): TemplateResult {
    const used = total > 0 ? Math.round((100 * (total - free)) / total) : held.length > 0 ? 100 : 0;
    return html`<li>
      <span class="main">
        <span class="name">${name}</span>
        ${fake ? html`<span class="aside">for scheduling only</span>` : nothing}
        <span class="bar push" role="img" aria-label=${`${used}% of ${name} is given out`}>
          <span style=${`width: ${used}%`}></span>
        </span>
        <span class="aside">
          ${
            held.length === 0
              ? "free"
              : held.map((hold, index) => html`${index > 0 ? ", " : ""}${this.#hold(hold)}`)
          }
        </span>
      </span>
    </li>`;
  }

  #hold({ use, bytes, exclusive, job_id }: GpuHold): TemplateResult {
    const what = job_id
      ? html`<a href=${`/models/${job_id}`}>${this.names.get(job_id) ?? "your job"}</a>`
      : html`${use === "training" ? "somebody's training" : (USES[use] ?? use)}`;
    return html`${what}${exclusive ? " (all of it)" : ` (${(bytes / GIB).toFixed(1)} GiB)`}`;
  }
}
customElements.define("ep-queue-panel", EpQueuePanel);
