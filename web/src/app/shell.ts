/** <ep-shell>: the header with the state of the connection, the rail, and the page between them. */
import { css, html, nothing, type TemplateResult } from "lit";
import { commandsContext } from "../palette/commands.ts";
import { personContext, preferencesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { IconName } from "../ui/icon.ts";
import "../ui/icon.ts";
import { routerContext } from "./context.ts";
import "./connection-chip.ts";
import { pathOf, type Route } from "./router.ts";

/** What a page is called that names nothing itself. */
const TITLES: Readonly<Partial<Record<Route["page"], string>>> = {
  home: "Start",
  project: "Project",
  search: "Search",
  chat: "Chat",
  models: "Models",
  job: "Training",
  "new-job": "Train a model",
  data: "Files to train on",
  nanochat: "nanochat",
  evaluate: "Evaluate",
  flows: "Flows",
  timeline: "Runs of flows",
  "flows-dashboard": "Flows: dashboard",
  "flows-schedules": "Flows: schedules",
  "flows-admin": "Flows: services",
  settings: "Settings",
  account: "Account",
  admin: "Administration",
};

/** See the file's comment. */
export class EpShell extends EpElement {
  readonly #router = new Shared(this, routerContext);
  readonly #person = new Shared(this, personContext);
  readonly #commands = new Shared(this, commandsContext);
  readonly #preferences = new Shared(this, preferencesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template: 40px minmax(0, 1fr) / 44px minmax(0, 1fr);
        grid-template-areas: "mark head" "rail page";
        height: 100%;
        --icon-size: 18px;
      }
      .mark {
        grid-area: mark;
        display: grid;
        place-items: center;
        color: var(--accent);
        background: var(--panel);
        border-bottom: 1px solid var(--line);
        border-right: 1px solid var(--line);
      }
      header {
        grid-area: head;
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 0 12px;
        background: var(--panel);
        border-bottom: 1px solid var(--line);
        min-width: 0;
        --icon-size: 16px;
      }
      .title {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
      }
      .person {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: var(--hit);
        height: var(--hit);
        padding: 0 6px;
        border-radius: var(--radius);
        color: var(--quiet);
        text-decoration: none;
        white-space: nowrap;
        max-width: 200px;
      }
      .person span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .person:hover {
        background: var(--raised);
        color: var(--text);
      }
      nav {
        grid-area: rail;
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 4px;
        padding: 8px 0;
        background: var(--panel);
        border-right: 1px solid var(--line);
      }
      nav a,
      nav button {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--quiet);
        cursor: pointer;
      }
      nav a:hover,
      nav button:hover {
        background: var(--raised);
        color: var(--text);
      }
      nav a[aria-current="page"] {
        background: var(--selection);
        color: var(--accent);
      }
      .space {
        flex: 1;
      }
      main {
        grid-area: page;
        min-width: 0;
        min-height: 0;
        overflow: auto;
      }
      @media (max-width: 700px) {
        :host {
          grid-template: 40px minmax(0, 1fr) 48px / 40px minmax(0, 1fr);
          grid-template-areas: "mark head" "page page" "rail rail";
        }
        nav {
          flex-direction: row;
          justify-content: space-around;
          padding: 0 8px;
          border-right: 0;
          border-top: 1px solid var(--line);
        }
        .mark {
          border-right: 0;
        }
        .space,
        .person span {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const router = this.#router.value;
    const route = router.route.value;
    const { person } = this.#person.value;
    const guest = person?.role === "guest";
    const title = router.title.value || TITLES[route.page] || "";
    return html`
      <a class="mark" href="/" aria-label="Eyepiece, start"><ep-icon name="aperture"></ep-icon></a>
      <header>
        <span class="title">${title}</span>
        <button
          class="button icon"
          type="button"
          aria-label="Commands"
          title=${`Commands (${/Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl-K"})`}
          @click=${() => this.#commands.value.show()}
        >
          <ep-icon name="command"></ep-icon>
        </button>
        <ep-connection></ep-connection>
        ${
          person
            ? html`<a class="person" href="/account" title=${`Account: ${person.name}`} aria-label=${`Account: ${person.name}`}>
                <ep-icon name="user"></ep-icon><span>${guest ? "Guest" : person.name}</span>
              </a>`
            : nothing
        }
      </header>
      <nav aria-label="Pages">
        ${this.#entry("/", "house", guest ? "Shared with you" : "Start", route.page === "home")}
        ${guest ? this.#guestEntries(route) : this.#entries(route, person?.role === "owner")}
        <span class="space"></span>
        ${this.#theme()}
        ${this.#entry("/settings", "settings", "Settings", route.page === "settings")}
      </nav>
      <main><slot></slot></main>
    `;
  }

  /** Pages that there are for somebody with an account. */
  #entries(route: Route, owner: boolean): TemplateResult {
    const { lastSession, lastNotebook } = this.#router.value;
    // The node's own session is there for administrators alone.
    const session = route.page === "view" ? route.session : (lastSession ?? (owner ? "welcome" : undefined));
    const notebook = route.page === "notebook" ? route.notebook : lastNotebook;
    return html`
      ${session === undefined ? nothing : this.#entry(`/view/${session}`, "box", "Viewer", route.page === "view")}
      ${notebook === undefined ? nothing : this.#entry(`/notebook/${notebook}`, "book", "Notebook", route.page === "notebook")}
      ${this.#entry("/chat", "message", "Chat", route.page === "chat")}
      ${this.#entry("/models", "brain", "Models", ["models", "job", "new-job", "data", "nanochat", "nanochat-run"].includes(route.page))}
      ${this.#entry("/evaluate", "check", "Evaluate", route.page === "evaluate")}
      ${this.#entry("/flows", "route", "Flows", route.page.startsWith("flow") || route.page === "timeline")}
      ${this.#entry("/search", "search", "Search", route.page === "search")}
      ${owner ? this.#entry("/admin", "shield", "Administration", route.page === "admin") : nothing}
    `;
  }

  /** A guest has what the link gave. */
  #guestEntries(route: Route): TemplateResult | typeof nothing {
    const path = this.#person.value.sharedPath;
    if (path === undefined) return nothing;
    const [icon, words] = path.startsWith("/view/")
      ? (["box", "Viewer"] as const)
      : path.startsWith("/notebook/")
        ? (["book", "Notebook"] as const)
        : (["folder", "Project"] as const);
    return this.#entry(path, icon, words, pathOf(route) === path);
  }

  #entry(path: string, icon: IconName, words: string, here: boolean): TemplateResult {
    return html`<a href=${path} aria-label=${words} title=${words} aria-current=${here ? "page" : "false"}>
      <ep-icon name=${icon}></ep-icon>
    </a>`;
  }

  #theme(): TemplateResult {
    const dark = this.#preferences.value.values.value.theme !== "light";
    const words = dark ? "Light theme" : "Dark theme";
    return html`<button
      type="button"
      aria-label=${words}
      title=${words}
      @click=${() => this.#preferences.value.set({ theme: dark ? "light" : "dark" })}
    >
      <ep-icon name=${dark ? "sun" : "moon"}></ep-icon>
    </button>`;
  }
}
customElements.define("ep-shell", EpShell);
