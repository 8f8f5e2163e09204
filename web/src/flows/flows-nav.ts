/** <ep-flows-nav>: the pages of flows, one beside the other. */
import { css, html, nothing, type TemplateResult } from "lit";
import { personContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";

const PAGES = [
  ["/flows", "Catalogue"],
  ["/timeline", "Runs"],
  ["/flows/dashboard", "Dashboard"],
  ["/flows/schedules", "Schedules"],
] as const;

/** See the file's comment. `at`: the path of the page that is shown. */
export class EpFlowsNav extends EpElement {
  static override properties = { at: {} };
  declare at: string;
  readonly #person = new Shared(this, personContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        margin-bottom: 16px;
        border-bottom: 1px solid var(--line);
      }
      nav {
        display: flex;
        gap: 4px;
        margin-bottom: -1px;
        overflow-x: auto;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: var(--hit);
        padding: 0 8px;
        border-bottom: 2px solid transparent;
        color: var(--quiet);
        text-decoration: none;
        white-space: nowrap;
      }
      a:hover {
        color: var(--text);
      }
      a[aria-current] {
        border-color: var(--accent);
        color: var(--text);
      }
      a:focus-visible {
        outline-offset: -2px;
      }
      /* All of them fit into 360 px. */
      @media (max-width: 420px) {
        nav {
          gap: 2px;
        }
        a {
          padding: 0 4px;
          font-size: 12px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.at = "";
  }

  /** Where they do not fit all the same, in larger type or another language's words, the page that is shown is in sight. */
  protected override updated(): void {
    const nav = this.renderRoot.querySelector("nav");
    const here = this.renderRoot.querySelector<HTMLElement>("[aria-current]");
    if (nav && here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - 24;
  }

  override render(): TemplateResult {
    const owner = this.#person.value.person?.role === "owner";
    const pages = [...PAGES, ...(owner ? [["/flows/admin", "Services"] as const] : [])];
    return html`<nav aria-label="Flows">
      ${pages.map(
        ([path, words]) =>
          html`<a href=${path} aria-current=${path === this.at ? "page" : nothing}>${words}</a>`,
      )}
    </nav>`;
  }
}
customElements.define("ep-flows-nav", EpFlowsNav);
