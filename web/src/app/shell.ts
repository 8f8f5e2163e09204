/** <ep-shell>: the header with the state of the connection, the rail, and the page between them. */
import { css, html, type TemplateResult } from "lit";
import { personContext, preferencesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { routerContext } from "./context.ts";
import "./connection-chip.ts";

/** See the file's comment. */
export class EpShell extends EpElement {
  readonly #router = new Shared(this, routerContext);
  readonly #person = new Shared(this, personContext);
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
        color: var(--quiet);
        white-space: nowrap;
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
    const route = this.#router.value.route.value;
    const person = this.#person.value.state.value;
    const own = this.#router.value.title.value;
    const title =
      own !== ""
        ? own
        : route.page === "view"
          ? route.session
          : route.page === "settings"
            ? "Settings"
            : "Start";
    const here = (page: string) => (route.page === page ? "page" : "false");
    const notebook = route.page === "notebook" ? route.notebook : this.#router.value.lastNotebook;
    const dark = this.#preferences.value.values.value.theme !== "light";
    return html`
      <div class="mark"><ep-icon name="aperture"></ep-icon></div>
      <header>
        <span class="title">${title}</span>
        <ep-connection></ep-connection>
        ${
          person.phase === "signed-in"
            ? html`<span class="person" title=${`Signed in as ${person.person.name} (${person.person.role})`}>
              <ep-icon name="user"></ep-icon><span>${person.person.name}</span>
            </span>`
            : ""
        }
      </header>
      <nav aria-label="Pages">
        <a href="/" aria-label="Start" title="Start: notebooks and sessions" aria-current=${here("home")}>
          <ep-icon name="house"></ep-icon>
        </a>
        <a
          href=${route.page === "view" ? `/view/${route.session}` : `/view/${this.#router.value.lastSession ?? "welcome"}`}
          aria-label="Viewer"
          title="Viewer"
          aria-current=${here("view")}
        >
          <ep-icon name="box"></ep-icon>
        </a>
        ${
          notebook === undefined
            ? ""
            : html`<a
                href=${`/notebook/${notebook}`}
                aria-label="Notebook"
                title="The last notebook"
                aria-current=${here("notebook")}
              >
                <ep-icon name="book"></ep-icon>
              </a>`
        }
        <span class="space"></span>
        <button
          type="button"
          aria-label=${dark ? "Light theme" : "Dark theme"}
          title=${dark ? "Light theme" : "Dark theme"}
          @click=${() => this.#preferences.value.set({ theme: dark ? "light" : "dark" })}
        >
          <ep-icon name=${dark ? "sun" : "moon"}></ep-icon>
        </button>
        <a href="/settings" aria-label="Settings" title="Settings" aria-current=${here("settings")}>
          <ep-icon name="settings"></ep-icon>
        </a>
      </nav>
      <main><slot></slot></main>
    `;
  }
}
customElements.define("ep-shell", EpShell);
