/** <ep-flow-schedules>: forms that the clock hands in: when they come next, what they started last, on and off. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import { type Flow, listFlows } from "./api.ts";
import "./flows-nav.ts";
import { FlowsLive, Soon } from "./live.ts";
import { changeSchedule, listSchedules, removeSchedule, type Schedule } from "./panel-api.ts";

const GATHER_MS = 300;

/** See the file's comment. */
export class EpFlowSchedules extends EpElement {
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #loaded = new Loaded<{ schedules: readonly Schedule[]; flows: readonly Flow[] }>(
    this,
    async () => {
      const [schedules, { items }] = await Promise.all([listSchedules(), listFlows()]);
      return { schedules, flows: items };
    },
  );
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #soon = new Soon(this, () => this.#loaded.again());

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .rows > li {
        flex-wrap: wrap;
        padding: 8px 12px;
      }
      .what {
        flex: 1 1 180px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .what .quiet,
      .what .bad {
        display: block;
        font-size: 12px;
      }
      code {
        font: 12px var(--mono);
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: var(--hit);
      }
    `,
  ];

  constructor() {
    super();
    // A schedule that comes starts a run: what it says of itself has changed then.
    new FlowsLive(this, ({ type }) => type !== "removed" && this.#soon.after(GATHER_MS));
  }

  override render(): TemplateResult {
    const { value, trouble } = this.#loaded;
    return html`
      <ep-flows-nav at="/flows/schedules"></ep-flows-nav>
      <div class="head"><h1>Schedules</h1></div>
      ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
      ${value ? this.#list(value.schedules, value.flows) : trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}
    `;
  }

  #list(schedules: readonly Schedule[], flows: readonly Flow[]): TemplateResult {
    if (schedules.length === 0)
      return html`<div class="empty"><p>Nothing starts by the clock yet. Open a flow in the <a href="/flows">catalogue</a>, fill in its form, and say when under More.</p></div>`;
    return html`<ul class="rows">${schedules.map((schedule) => this.#row(schedule, flows))}</ul>`;
  }

  #row(schedule: Schedule, flows: readonly Flow[]): TemplateResult {
    const { name, cron, timezone, enabled, next, last, last_run, why, webhook, retries } = schedule;
    const flow = flows.find(({ url }) => url === schedule.flow);
    const now = Date.now();
    const facts = [
      enabled && next ? `next ${moment(Date.parse(next))}` : "switched off",
      ...(retries > 0 ? [`${retries} further ${retries === 1 ? "attempt" : "attempts"}`] : []),
      ...(webhook ? [`tells ${new URL(webhook).host}`] : []),
    ];
    return html`<li>
      <span class="what">
        ${flow ? html`<a href=${`/flows/form/${flow.uid}?${fillOf(schedule)}`}>${name}</a>` : name}
        <span class="quiet"><code>${cron}</code> ${timezone} · ${facts.join(" · ")}</span>
        ${why === "" ? nothing : html`<span class="bad">${why}</span>`}
      </span>
      ${last_run ? html`<a href=${`/flows/runs/${last_run}`}>last run${last ? `, ${ago(Date.parse(last), now)}` : ""}</a>` : nothing}
      <label><input type="checkbox" aria-label=${`${name} is on`} .checked=${enabled} ?disabled=${this.#work.busy} @change=${(event: Event) => void this.#switch(schedule, event)} />on</label>
      <button class="button icon" type="button" aria-label=${`Remove ${name}`} title="Remove" ?disabled=${this.#work.busy} @click=${() => void this.#remove(schedule)}>
        <ep-icon name="trash"></ep-icon>
      </button>
    </li>`;
  }

  async #switch(schedule: Schedule, event: Event): Promise<void> {
    const enabled = (event.target as HTMLInputElement).checked;
    await this.#work.run(async () => {
      await changeSchedule({ ...schedule, enabled });
    });
    await this.#loaded.again();
  }

  async #remove({ id, name }: Schedule): Promise<void> {
    const sure = await this.#confirm.value.ask({
      title: `Remove ${name}?`,
      words: "It starts nothing any more. Runs that it started stay.",
      action: "Remove the schedule",
      grave: true,
    });
    if (sure === undefined) return;
    await this.#work.run(() => removeSchedule(id));
    await this.#loaded.again();
  }
}
customElements.define("ep-flow-schedules", EpFlowSchedules);

/** The form as the schedule fills it in. */
function fillOf({ fields }: Schedule): string {
  const text = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === "object" ? [] : [[name, String(value)] as [string, string]],
  );
  return new URLSearchParams(text).toString();
}
