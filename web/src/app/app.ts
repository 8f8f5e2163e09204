/** <ep-app>: makes the shared services, gives them to all below, and shows the page that the address names. */
import { ContextProvider } from "@lit/context";
import { effect, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "../pages/account.ts";
import "../pages/admin.ts";
import "../pages/home.ts";
import "../pages/project.ts";
import "../pages/search.ts";
import "../pages/settings.ts";
import "../pages/sign-in.ts";
import {
  linkContext,
  nodeContext,
  noticesContext,
  personContext,
  preferencesContext,
} from "../services/contexts.ts";
import { LinkService } from "../services/link.ts";
import { NodeService } from "../services/node.ts";
import { Notices } from "../services/notices.ts";
import { PersonService } from "../services/person.ts";
import { Preferences } from "../services/preferences.ts";
import "../sharing/shared-page.ts";
import { Confirm, confirmContext } from "../ui/confirm.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../viewer/viewer-page.ts";
import { addPlaces } from "../palette/places.ts";
import "../palette/palette.ts";
import { Commands, commandsContext } from "../palette/commands.ts";
import { routerContext } from "./context.ts";
import { Updates, updatesContext } from "./updates.ts";
import "./update-prompt.ts";
import { Router } from "./router.ts";
import "./shell.ts";
import "./toasts.ts";

/** See the file's comment. */
export class EpApp extends EpElement {
  readonly #person = new PersonService();
  readonly #preferences = new Preferences();
  readonly #notices = new Notices();
  readonly #link = new LinkService();
  readonly #node = new NodeService(this.#link);
  readonly #router = new Router();
  readonly #commands = new Commands();
  readonly #updates = new Updates();
  readonly #notebooks = signal(false);
  readonly #chat = signal(false);
  readonly #training = signal(false);
  readonly #flows = signal(false);
  readonly #nanochat = signal(false);
  #connected = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .loading {
        padding: 24px;
        color: var(--quiet);
      }
    `,
  ];

  constructor() {
    super();
    new ContextProvider(this, { context: personContext, initialValue: this.#person });
    new ContextProvider(this, { context: preferencesContext, initialValue: this.#preferences });
    new ContextProvider(this, { context: noticesContext, initialValue: this.#notices });
    new ContextProvider(this, { context: linkContext, initialValue: this.#link });
    new ContextProvider(this, { context: nodeContext, initialValue: this.#node });
    new ContextProvider(this, { context: routerContext, initialValue: this.#router });
    new ContextProvider(this, { context: confirmContext, initialValue: new Confirm() });
    new ContextProvider(this, { context: commandsContext, initialValue: this.#commands });
    new ContextProvider(this, { context: updatesContext, initialValue: this.#updates });
    addPlaces(this.#commands, {
      router: this.#router,
      person: this.#person,
      node: this.#node,
      preferences: this.#preferences,
      notices: this.#notices,
    });
    if (import.meta.env.PROD) void this.#updates.begin();
    void this.#begin();
  }

  async #begin(): Promise<void> {
    await this.#person.begin();
    // Whoever comes later, by a password or a link, is connected then; and again when the relay ended the socket.
    effect(() => {
      const state = this.#person.state.value;
      if (state.phase !== "signed-out") this.#connect();
    });
    // A session that ended on the relay shows as a socket that will not open: ask who this is.
    this.#link.status.subscribe((status) => {
      const state = this.#person.state.value;
      const kept = state.phase === "signed-in" && state.kept;
      if (status.phase === "waiting" || (status.phase === "live" && kept)) void this.#person.refresh();
    });
  }

  #connect(): void {
    if (this.#connected) {
      this.#link.retry();
      return;
    }
    this.#connected = true;
    this.#link.connect();
  }

  override render(): TemplateResult {
    return html`${this.#whole()}<ep-update-prompt></ep-update-prompt>`;
  }

  #whole(): TemplateResult {
    const person = this.#person.state.value;
    if (person.phase !== "unknown" && this.#router.route.value.page === "shared")
      return html`<ep-shared-page></ep-shared-page>`;
    if (person.phase === "signed-out") return html`<ep-sign-in .reason=${person.reason}></ep-sign-in>`;
    // Pages ask the relay in somebody's name.
    const page = person.phase === "unknown" ? nothing : this.#page();
    return html`<ep-shell>${page}</ep-shell>
      <ep-toasts></ep-toasts><ep-confirm></ep-confirm><ep-palette></ep-palette>`;
  }

  /** Editors and formulas are large: they come when the first notebook is opened, and are kept from then on. */
  #loadNotebooks(): void {
    import("../notebook/notebook-page.ts").then(
      () => {
        this.#notebooks.value = true;
      },
      (cause: unknown) =>
        this.#notices.show(
          "bad",
          `The notebook page could not be loaded: ${String(cause)}. Reload the page.`,
        ),
    );
  }

  /** Formulas come with it, too. */
  #loadChat(): void {
    import("../chat/chat-page.ts").then(
      () => {
        this.#chat.value = true;
      },
      (cause: unknown) =>
        this.#notices.show("bad", `The chat page could not be loaded: ${String(cause)}. Reload the page.`),
    );
  }

  /** So does what draws the curves. */
  #loadTraining(): void {
    import("../training/pages.ts").then(
      () => {
        this.#training.value = true;
      },
      (cause: unknown) =>
        this.#notices.show("bad", `The page could not be loaded: ${String(cause)}. Reload the page.`),
    );
  }

  #loadNanochat(): void {
    Promise.all([import("../nanochat/pages.ts"), import("../evaluate/evaluate-page.ts")]).then(
      () => {
        this.#nanochat.value = true;
      },
      (cause: unknown) =>
        this.#notices.show("bad", `The page could not be loaded: ${String(cause)}. Reload the page.`),
    );
  }

  #nanochatPage(page: TemplateResult): TemplateResult {
    if (this.#nanochat.value) return page;
    this.#loadNanochat();
    return html`<p class="loading" role="status">Opening the page.</p>`;
  }

  #flowsPage(page: TemplateResult): TemplateResult {
    if (this.#flows.value) return page;
    import("../flows/pages.ts").then(
      () => {
        this.#flows.value = true;
      },
      (cause: unknown) =>
        this.#notices.show("bad", `Flows could not be loaded: ${String(cause)}. Reload the page.`),
    );
    return html`<p class="loading" role="status">Opening the page.</p>`;
  }

  #trainingPage(page: TemplateResult): TemplateResult {
    if (this.#training.value) return page;
    this.#loadTraining();
    return html`<p class="loading" role="status">Opening the page.</p>`;
  }

  #page(): TemplateResult | typeof nothing {
    const route = this.#router.route.value;
    switch (route.page) {
      case "models":
        return this.#trainingPage(html`<ep-models-page .filter=${route.filter}></ep-models-page>`);
      case "job":
        return this.#trainingPage(
          html`${keyed(route.job, html`<ep-job-page .job=${route.job}></ep-job-page>`)}`,
        );
      case "new-job":
        return this.#trainingPage(html`<ep-new-job .file=${route.file} .model=${route.model}></ep-new-job>`);
      case "data":
        return this.#trainingPage(html`<ep-data-page></ep-data-page>`);
      case "nanochat":
        return this.#nanochatPage(html`<ep-nanochat-page></ep-nanochat-page>`);
      case "nanochat-run":
        return this.#nanochatPage(
          html`${keyed(route.run, html`<ep-run-page .run=${route.run} .stage=${route.stage}></ep-run-page>`)}`,
        );
      case "evaluate":
        return this.#nanochatPage(html`<ep-evaluate-page .model=${route.model}></ep-evaluate-page>`);
      case "flows":
        return this.#flowsPage(html`<ep-flows-page .words=${route.words} .tag=${route.tag}></ep-flows-page>`);
      case "flow-form":
        return this.#flowsPage(
          html`${keyed(route.uid, html`<ep-flow-form-page .uid=${route.uid} .fill=${route.fill}></ep-flow-form-page>`)}`,
        );
      case "flow-run":
        return this.#flowsPage(
          html`${keyed(route.run, html`<ep-flow-run-page .run=${route.run}></ep-flow-run-page>`)}`,
        );
      case "flows-dashboard":
        return this.#flowsPage(html`<ep-flows-dashboard></ep-flows-dashboard>`);
      case "flows-schedules":
        return this.#flowsPage(html`<ep-flow-schedules></ep-flow-schedules>`);
      case "flows-admin":
        return this.#flowsPage(html`<ep-flows-admin></ep-flows-admin>`);
      case "timeline":
        return this.#flowsPage(
          html`<ep-timeline-page .words=${route.words} .status=${route.status}></ep-timeline-page>`,
        );
      case "home":
        return html`<ep-home></ep-home>`;
      case "settings":
        return html`<ep-settings></ep-settings>`;
      case "project":
        return html`${keyed(route.project, html`<ep-project .project=${route.project}></ep-project>`)}`;
      case "search":
        return html`<ep-search .query=${route.query}></ep-search>`;
      case "chat":
        if (!this.#chat.value) {
          this.#loadChat();
          return html`<p class="loading" role="status">Opening the chat.</p>`;
        }
        return html`<ep-chat-page></ep-chat-page>`;
      case "account":
        return html`<ep-account></ep-account>`;
      case "admin":
        return html`<ep-admin></ep-admin>`;
      case "shared":
        return nothing;
      case "view":
        return html`${keyed(route.session, html`<ep-viewer-page .session=${route.session}></ep-viewer-page>`)}`;
      case "notebook":
        if (!this.#notebooks.value) {
          this.#loadNotebooks();
          return html`<p class="loading" role="status">Opening the notebook.</p>`;
        }
        return html`${keyed(route.notebook, html`<ep-notebook-page .notebook=${route.notebook}></ep-notebook-page>`)}`;
      case "missing":
        return html`<ep-missing .path=${route.path}></ep-missing>`;
    }
  }
}
customElements.define("ep-app", EpApp);
