/** <ep-home>: where one goes on: recents, what runs now, projects, sessions, samples. Somebody's first page teaches the next step. */
import { css, html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { nodeContext, noticesContext, personContext } from "../services/contexts.ts";
import type { SessionInfo } from "../services/node.ts";
import {
  createNotebook,
  createProject,
  importNotebook,
  listNotebooks,
  listProjects,
  type NotebookInfo,
  type ProjectInfo,
} from "../services/notebooks.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { ago, moment } from "../ui/when.ts";
import "./home-sessions.ts";
import "./open-notebook.ts";
import type { EpOpenNotebook } from "./open-notebook.ts";
import { pageStyles } from "./page-styles.ts";

const RECENT = 8;
const NONE: readonly NotebookInfo[] = [];

/** Something that was worked on. */
interface Recent {
  readonly path: string;
  readonly icon: "book" | "box";
  readonly name: string;
  readonly where: string;
  readonly at: number;
}

/** See the file's comment. */
export class EpHome extends EpElement {
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #router = new Shared(this, routerContext);
  readonly #person = new Shared(this, personContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #notebooks = new Loaded(this, () => listNotebooks());
  #sorted: { readonly of: readonly NotebookInfo[]; readonly by: readonly NotebookInfo[] } = {
    of: NONE,
    by: NONE,
  };
  readonly #projects = new Loaded(this, () => listProjects());
  readonly #sessions = new Loaded(this, async () => {
    if (this.#guest) return [];
    const sessions = await this.#node.value.sessions();
    this.#lead(sessions);
    return sessions;
  });

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .rows .main {
        flex-wrap: nowrap;
      }
      .meta {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
      }
    `,
  ];

  get #guest(): boolean {
    return this.#person.value.person?.role === "guest";
  }

  /** The link that the command printed leads to what the command has just opened: the newest session. */
  #lead(sessions: readonly SessionInfo[]): void {
    const person = this.#person.value;
    const newest = sessions[0];
    if (!person.byOwnerLink || !newest) return;
    person.byOwnerLink = false;
    if (this.#router.value.route.value.page === "home")
      this.#router.value.go({ page: "view", session: newest.session }, { replace: true });
  }

  protected override firstUpdated(): void {
    // A shortcut of the installed app.
    if (location.hash !== "#new-notebook" || this.#guest) return;
    history.replaceState(null, "", location.pathname + location.search);
    void this.#newNotebook();
  }

  override render(): TemplateResult {
    if (this.#guest) return this.#shared();
    return html`
      ${this.#recentSection()} ${this.#projectSection()}
      <ep-home-sessions
        .sessions=${this.#sessions.value}
        .notebooks=${this.#newest()}
        .trouble=${this.#sessions.trouble}
        @again=${() => void this.#sessions.again()}
      ></ep-home-sessions>
      <ep-open-notebook
        @opened=${(event: CustomEvent<string>) => this.#router.value.go({ page: "notebook", notebook: event.detail })}
      ></ep-open-notebook>
    `;
  }

  /** The same array until there is a newer answer: what hangs on it asks the node. */
  #newest(): readonly NotebookInfo[] {
    const items = this.#notebooks.value?.items ?? NONE;
    if (items !== this.#sorted.of)
      this.#sorted = { of: items, by: [...items].sort((a, b) => b.updated_ms - a.updated_ms) };
    return this.#sorted.by;
  }

  #recents(): readonly Recent[] {
    const names = new Map((this.#projects.value?.items ?? []).map((project) => [project.id, project.name]));
    const notebooks = (this.#notebooks.value?.items ?? []).map((one) => ({
      path: `/notebook/${one.id}`,
      icon: "book" as const,
      name: one.name,
      where: `${names.get(one.project) ?? ""}${one.own ? "" : " shared with you"}`,
      at: one.updated_ms,
    }));
    const sessions = (this.#sessions.value ?? []).map((one) => ({
      path: `/view/${one.session}`,
      icon: "box" as const,
      name: one.title || one.session,
      where: one.layers.slice(0, 3).join(", "),
      at: one.modifiedMs,
    }));
    return [...notebooks, ...sessions].sort((a, b) => b.at - a.at).slice(0, RECENT);
  }

  #recentSection(): TemplateResult {
    const recents = this.#recents();
    const { trouble, value } = this.#notebooks;
    return html`<section aria-labelledby="recent">
      <div class="head">
        <h2 id="recent">Notebooks and recents</h2>
        <div class="actions">
          <label class="button framed">
            <ep-icon name="upload"></ep-icon>Import
            <input
              class="hidden-text"
              type="file"
              accept=".ipynb,application/x-ipynb+json"
              aria-label="Import a notebook (.ipynb)"
              @change=${(event: Event) => void this.#import((event.target as HTMLInputElement).files)}
            />
          </label>
          <button
            class="button framed"
            type="button"
            @click=${() => this.renderRoot.querySelector<EpOpenNotebook>("ep-open-notebook")?.show()}
          >
            <ep-icon name="folderOpen"></ep-icon>Open
          </button>
          <button class="button primary" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#newNotebook()}>
            <ep-icon name="plus"></ep-icon>New notebook
          </button>
        </div>
      </div>
      ${value?.kept ? html`<p class="quiet">No network: these are kept on this browser.</p>` : nothing}
      ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
      ${
        value === undefined && trouble === ""
          ? html`<p class="quiet" role="status">Asking for your notebooks.</p>`
          : recents.length === 0
            ? html`<div class="empty">
                <p>
                  Nothing yet. A notebook's cells run on the node and can show live viewers; a session shows one picture of any
                  size. Make a notebook, or open a sample below.
                </p>
              </div>`
            : html`<ul class="rows" aria-label="Recent">${recents.map((one) => this.#recent(one))}</ul>`
      }
    </section>`;
  }

  #recent(one: Recent): TemplateResult {
    return html`<li>
      <a class="main" href=${one.path}>
        <ep-icon name=${one.icon}></ep-icon><span class="name">${one.name}</span>
        <span class="aside name wide">${one.where}</span>
        <time class="aside push" datetime=${new Date(one.at).toISOString()} title=${moment(one.at)}>${ago(one.at)}</time>
      </a>
    </li>`;
  }

  #projectSection(): TemplateResult {
    const projects = this.#projects.value?.items ?? [];
    return html`<section aria-labelledby="projects">
      <div class="head">
        <h2 id="projects">Projects</h2>
        <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#newProject()}>
          <ep-icon name="plus"></ep-icon>New project
        </button>
      </div>
      ${
        projects.length === 0
          ? html`<p class="quiet">A project holds notebooks and files, and is shared as one. The first notebook makes one.</p>`
          : html`<ul class="cards">${projects.map((project) => html`<li>${this.#project(project)}</li>`)}</ul>`
      }
    </section>`;
  }

  #project(project: ProjectInfo): TemplateResult {
    const count = project.notebooks;
    return html`<a class="card" href=${`/project/${project.id}`}>
      <strong>${project.name}</strong>
      <span class="quiet meta">
        <span>${count === 0 ? "no notebooks" : count === 1 ? "1 notebook" : `${count} notebooks`}</span>
        <span>${project.own ? ago(project.updated_ms) : "shared with you"}</span>
      </span>
    </a>`;
  }

  /** What a guest has: what links gave. */
  #shared(): TemplateResult {
    const projects = this.#projects.value?.items ?? [];
    const notebooks: readonly NotebookInfo[] = this.#notebooks.value?.items ?? [];
    const path = this.#person.value.sharedPath;
    const listed = [
      ...projects.map(({ id }) => `/project/${id}`),
      ...notebooks.map(({ id }) => `/notebook/${id}`),
    ];
    const rows: readonly Recent[] = [
      ...(path !== undefined && !listed.includes(path)
        ? [{ path, icon: "box" as const, name: "Viewer session", where: "", at: 0 }]
        : []),
      ...notebooks.map((one) => ({
        ...{
          path: `/notebook/${one.id}`,
          icon: "book" as const,
          name: one.name,
          where: "",
          at: one.updated_ms,
        },
      })),
    ];
    const trouble = this.#notebooks.trouble || this.#projects.trouble;
    return html`
      <h1>Shared with you</h1>
      ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
      ${projects.length === 0 ? nothing : html`<ul class="cards" aria-label="Projects">${projects.map((project) => html`<li>${this.#project(project)}</li>`)}</ul>`}
      ${
        rows.length === 0
          ? nothing
          : html`<ul class="rows" style="margin-top: 12px" aria-label="Notebooks and sessions">
              ${rows.map(
                (one) => html`<li>
                  <a class="main" href=${one.path}><ep-icon name=${one.icon}></ep-icon><span class="name">${one.name}</span></a>
                </li>`,
              )}
            </ul>`
      }
      <p class="quiet">You came by a link and need no account. This is all that it gives.</p>
    `;
  }

  async #toNotebook(make: () => Promise<string>): Promise<void> {
    await this.#work.run(async () => {
      this.#router.value.go({ page: "notebook", notebook: await make() });
    });
  }

  #newNotebook(): Promise<void> {
    return this.#toNotebook(() => createNotebook("Untitled"));
  }

  async #import(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file) await this.#toNotebook(() => importNotebook(file.name.replace(/\.ipynb$/i, ""), file));
  }

  async #newProject(): Promise<void> {
    const name = await this.#confirm.value.ask({
      title: "New project",
      words: "It holds notebooks and files, and can be shared as one.",
      field: { label: "Name" },
      action: "Make the project",
    });
    if (name === undefined || name.trim() === "") return;
    await this.#work.run(async () => {
      this.#router.value.go({ page: "project", project: await createProject(name) });
    });
  }
}
customElements.define("ep-home", EpHome);
