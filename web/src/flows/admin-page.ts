/** <ep-flows-admin>: services for operators: exposed, changed, started; how all of it is; out and in as one file. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import {
  type Expose,
  type ExposeState,
  exportExposes,
  getHealth,
  type Health,
  importExposes,
  listExposes,
  lookAtExposes,
  rayDashboard,
  removeExpose,
} from "./admin-api.ts";
import "./boot-panel.ts";
import "./expose-form.ts";
import "./flows-nav.ts";
import "./flows-wait.ts";
import { FlowsLive, Soon } from "./live.ts";
import { STATE_WORDS } from "./words.ts";

const GATHER_MS = 300;
const STARTING_MS = 1000;
const NEW = "";
const STATES: Readonly<Record<ExposeState, readonly [string, string]>> = {
  DRAFT: ["draft", "var(--quiet)"],
  RUNNING: ["running", "var(--good)"],
  DEAD: ["not started yet", "var(--quiet)"],
  UNHEALTHY: ["does not start", "var(--bad)"],
};

/** See the file's comment. */
export class EpFlowsAdmin extends EpElement {
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #loaded = new Loaded<{ exposes: readonly Expose[]; health: Health }>(this, async () => {
    const [exposes, health] = await Promise.all([listExposes(), getHealth()]);
    // Ray tells by nothing else how far its first start is.
    if (health.ray?.state === "preparing" || health.ray?.state === "starting") this.#soon.after(STARTING_MS);
    return { exposes, health };
  });
  readonly #soon = new Soon(this, () => this.#loaded.again());
  /** All services are asked how they are, which starts those that rest. */
  #looking = false;
  /** Name of the service that is changed; empty for a new one. */
  #open: string | undefined;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .rows > li {
        flex-wrap: wrap;
      }
      .rows ep-expose-form {
        flex-basis: 100%;
        min-width: 0;
      }
      .rows .bad {
        flex-basis: 100%;
        margin: 0 0 4px;
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        max-height: 160px;
        overflow: auto;
      }
      .state {
        width: 120px;
      }
      .rows ~ section,
      .empty ~ section {
        margin-top: 32px !important;
      }
      .actions {
        --icon-size: 16px;
      }
      input[type="file"] {
        position: absolute;
        width: 1px;
        height: 1px;
        opacity: 0;
      }
    `,
  ];

  constructor() {
    super();
    new FlowsLive(this, ({ type }) => type !== "removed" && this.#soon.after(GATHER_MS));
  }

  override render(): TemplateResult {
    const { value, trouble } = this.#loaded;
    return html`
      <ep-flows-nav at="/flows/admin"></ep-flows-nav>
      <div class="head">
        <h1>Services</h1>
        <span class="actions">
          <button class="button framed" type="button" @click=${() => this.#change(NEW)}><ep-icon name="plus"></ep-icon>Expose a service</button>
          <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#look()}><ep-icon name="activity"></ep-icon>Look at all</button>
        </span>
      </div>
      ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
      ${this.#looking ? html`<ep-flows-wait words="Asking each service."></ep-flows-wait>` : nothing}
      ${this.#open === NEW ? this.#form(undefined) : nothing}
      ${value ? html`${this.#list(value.exposes)} ${this.#boot()} ${this.#health(value.health)} ${this.#exchange()}` : trouble === "" ? html`<p role="status" class="quiet">Asking the node.</p>` : nothing}
    `;
  }

  #list(exposes: readonly Expose[]): TemplateResult {
    if (exposes.length === 0)
      return html`<div class="empty"><p>No service is exposed. A service is a Python module with a ServeAPI; say its folder and its name, and its forms are in the catalogue.</p></div>`;
    return html`<ul class="rows" aria-label="Services">
      ${repeat(
        exposes,
        ({ name }) => name,
        (expose) => this.#row(expose),
      )}
    </ul>`;
  }

  #row(expose: Expose): TemplateResult {
    const { name, display, enabled, state, why, meta } = expose;
    const [word, colour] = enabled ? STATES[state] : ["switched off", "var(--quiet)"];
    const flows = meta.map(({ data }) => data.summary).join(", ");
    return html`<li>
      <span class="main">
        <span class="state" style=${`--colour: ${colour}`}><span class="dot"></span>${word}</span>
        <span class="name">${display || name}</span>
        <span class="aside wide">${flows}</span>
      </span>
      <button class="button icon" type="button" aria-label=${`Change ${name}`} title="Change" @click=${() => this.#change(name)}><ep-icon name="pencil"></ep-icon></button>
      <button class="button icon" type="button" aria-label=${`Remove ${name}`} title="Remove" ?disabled=${this.#work.busy} @click=${() => void this.#remove(expose)}><ep-icon name="trash"></ep-icon></button>
      ${why === "" || !enabled ? nothing : html`<pre class="bad" tabindex="0">${why}</pre>`}
      ${this.#open === name ? this.#form(expose) : nothing}
    </li>`;
  }

  #form(expose: Expose | undefined): TemplateResult {
    return html`<ep-expose-form
      .expose=${expose}
      @leave=${() => this.#change(undefined)}
      @kept=${() => {
        this.#change(undefined);
        void this.#look();
      }}
    ></ep-expose-form>`;
  }

  #boot(): TemplateResult {
    return html`<section aria-labelledby="boot">
      <h2 id="boot">Boot</h2>
      <p class="hint">Services start by themselves when somebody asks for them. Here all are started now, one step after the other.</p>
      <ep-flow-boot @booted=${() => void this.#loaded.again()}></ep-flow-boot>
    </section>`;
  }

  #health({ spooler_status, ray_version, ray, ray_status, serve_status, running }: Health): TemplateResult {
    const runs = Object.entries(running).map(
      ([state, count]) => `${count} ${STATE_WORDS[state as keyof typeof STATE_WORDS] ?? state}`,
    );
    const rows: readonly (readonly [string, string])[] = [
      [
        "Agent",
        `${spooler_status.agent}${spooler_status.pid === null ? "" : `, process ${spooler_status.pid}`}`,
      ],
      ["Ray", rayWords(ray_version, ray, ray_status.length)],
      ...(serve_status ? [["Ray Serve", serveWords(serve_status)] as const] : []),
      ["Runs of everybody", runs.join(", ") || "none now"],
    ];
    return html`<section aria-labelledby="health">
      <div class="head"><h2 id="health">Health</h2><span class="actions">
        ${ray_version === null || ray_status.length === 0 ? nothing : html`<button class="button" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#dashboard()}>Ray's dashboard</button>`}
        <a class="button" href="/admin">People and roles</a>
      </span></div>
      <dl>${rows.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
    </section>`;
  }

  #exchange(): TemplateResult {
    return html`<section aria-labelledby="exchange">
      <h2 id="exchange">Export and import</h2>
      <p class="hint">All services as one file. What is here before an import is kept on the node.</p>
      <span class="actions">
        <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#export()}><ep-icon name="download"></ep-icon>Export</button>
        <label class="button framed"><ep-icon name="upload"></ep-icon>Import
          <input type="file" accept="application/json,.json" aria-label="Import services from a file" @change=${(event: Event) => void this.#import(event.target as HTMLInputElement)} />
        </label>
      </span>
    </section>`;
  }

  #change(name: string | undefined): void {
    this.#open = name;
    this.requestUpdate();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    await this.#loaded.again();
    await this.#work.run(async () => {
      await lookAtExposes();
    });
    this.#looking = false;
    await this.#loaded.again();
  }

  async #remove({ name }: Expose): Promise<void> {
    const sure = await this.#confirm.value.ask({
      title: `Remove ${name}?`,
      words: "Its forms leave the catalogue, and its settings are gone. Runs go on to their ends.",
      action: "Remove the service",
      grave: true,
    });
    if (sure === undefined) return;
    await this.#work.run(() => removeExpose(name));
    await this.#loaded.again();
  }

  async #dashboard(): Promise<void> {
    await this.#work.run(async () => {
      window.open(await rayDashboard(), "_blank", "noopener");
    });
  }

  async #export(): Promise<void> {
    await this.#work.run(async () => {
      const text = JSON.stringify(await exportExposes(), undefined, 2);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = "services.json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  async #import(field: HTMLInputElement): Promise<void> {
    const [file] = field.files ?? [];
    field.value = "";
    if (!file) return;
    await this.#work.run(async () => {
      const { imported, errors, backup } = await importExposes(JSON.parse(await file.text()));
      const words = `${imported} services were imported. Those of before are in ${backup} on the node.`;
      this.#notices.value.show(errors.length === 0 ? "good" : "warn", [words, ...errors].join(" "));
    });
    await this.#loaded.again();
  }
}
customElements.define("ep-flows-admin", EpFlowsAdmin);

function rayWords(version: string | null, ray: Health["ray"], machines: number): string {
  if (machines === 0) return ray?.message || "not started: no run has asked for it";
  const network = ray?.network === "shared" ? `, in this machine's network: ${ray.network_reason}` : "";
  return `${version}, ${machines} ${machines === 1 ? "machine" : "machines"}, ${ray?.leases ?? 0} leases, ${ray?.waiting ?? 0} wait${network}`;
}

/** Why there are no replicas, then how many there are of each service. */
function serveWords({ message, applications }: NonNullable<Health["serve_status"]>): string {
  const services = Object.entries(applications).map(([name, { status, replicas }]) => {
    const counts = Object.entries(replicas).map(([state, count]) => `${count} ${state.toLowerCase()}`);
    return `${name}: ${counts.join(", ") || status.toLowerCase()}`;
  });
  return [message, services.join("; ")].filter(Boolean).join(" ");
}
