/** <ep-viewer-page>: one session: layers, canvas, controls, dims. */
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { ContextProvider } from "@lit/context";
import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { commandsContext, type PaletteCommand } from "../palette/commands.ts";
import { viewerCommands } from "../palette/viewer-commands.ts";
import {
  linkContext,
  nodeContext,
  noticesContext,
  preferencesContext,
  sessionContext,
} from "../services/contexts.ts";
import { SessionService } from "../services/session.ts";
import { claimView } from "../services/view-id.ts";
import type { EpShareButton } from "../sharing/share-dialog.ts";
import "../sharing/share-dialog.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import "./animation/strip.ts";
import { boundKey } from "./bound-keys.ts";
import "./canvas.ts";
import { slidOrder } from "./axes.ts";
import { type CommandHost, run } from "./commands.ts";
import "./dims-bar.ts";
import "./empty-viewer.ts";
import "./help-sheet.ts";
import "./ortho/ortho-views.ts";
import type { EpHelpSheet } from "./help-sheet.ts";
import { commandOf, taken } from "./keys.ts";
import "./latency-hud.ts";
import "./layer-controls.ts";
import "./layer-list.ts";
import "./open-dialog.ts";
import "./save-dialog.ts";
import { worldAt } from "./people/cursors.ts";
import type { EpSaveDialog } from "./save-dialog.ts";
import "./people/people.ts";
import type { EpOpenDialog } from "./open-dialog.ts";
import "./status-line.ts";
import type { Place } from "./status-line.ts";
import "./items/feature-panel.ts";
import { layerKey } from "./tools/keys.ts";
import { toolsOf } from "./tools/tools.ts";
import { openFiles } from "./uploads.ts";
import "./view-buttons.ts";
import { picture, reset, toggleDisplay } from "./view-actions.ts";
import { linkedView, readFragment, viewFragment } from "./view-link.ts";
import { viewerStyles } from "./viewer-styles.ts";

/** The exact view as a part of an address. */
function placeOf(session: SessionService): string | undefined {
  const view = session.view.peek();
  return view && viewFragment({ view, selected: session.selected.peek() });
}

/** See the file's comment. `session` must not change: another session is another element. */
export class EpViewerPage extends EpElement {
  static override properties = { session: {} };
  declare session: string;
  readonly #link = new Shared(this, linkContext);
  readonly #node = new Shared(this, nodeContext);
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #preferences = new Shared(this, preferencesContext);
  readonly #commands = new Shared(this, commandsContext);
  readonly #provider = new ContextProvider(this, { context: sessionContext });
  readonly #panels = signal({ left: innerWidth > 900, right: innerWidth > 900 });
  readonly #axis = signal<number | undefined>(undefined);
  readonly #place = signal<Place | undefined>(undefined);
  readonly #panning = signal(false);
  readonly #dropping = signal(false);
  readonly #ortho = signal(false);
  readonly #animating = signal(false);
  #service: SessionService | undefined;
  #alive = new AbortController();

  static override styles = [sharedStyles, viewerStyles];

  constructor() {
    super();
    this.session = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    const { signal: alive } = this.#alive;
    window.addEventListener("keydown", (event) => this.#key(event), { signal: alive });
    window.addEventListener(
      "keyup",
      (event) => {
        if (event.key === " ") this.#panning.value = false;
      },
      { signal: alive },
    );
    window.addEventListener("dragover", (event) => this.#dragOver(event), { signal: alive });
    window.addEventListener(
      "dragleave",
      (event) => {
        if (event.relatedTarget === null) this.#dropping.value = false;
      },
      { signal: alive },
    );
    window.addEventListener("drop", (event) => this.#drop(event), { signal: alive });
    const forget = this.#commands.value.add(() => (this.#service ? this.#offered(this.#service) : []));
    alive.addEventListener("abort", forget);
    void this.#begin(alive);
  }

  /** What the palette lists of this page. */
  #offered(session: SessionService): readonly PaletteCommand[] {
    const share = this.renderRoot.querySelector<EpShareButton>("ep-share-button");
    return viewerCommands(
      this.#host(session),
      share?.offered
        ? [{ title: "Share the session", group: "Viewer", icon: "share", act: () => share.show() }]
        : [],
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
    this.#service?.dispose();
    this.#service = undefined;
  }

  async #begin(alive: AbortSignal): Promise<void> {
    const view = await claimView(this.session);
    if (alive.aborted) return;
    const link = readFragment(location.hash);
    const first = link && {
      first: (scene: Scene, present: View): View => {
        const { view, selected } = linkedView(link, scene, present);
        if (selected !== undefined) queueMicrotask(() => this.#service?.select(selected));
        return view;
      },
    };
    this.#service = new SessionService(this.#link.value, this.#notices.value, this.session, {
      ...view,
      ...first,
    });
    this.#provider.setValue(this.#service);
    const service = this.#service;
    const stop = effect(() => this.#router.value.setTitle(service.scene.value?.title ?? ""));
    const follow = effect(() => service.setPlace(this.#preferences.value.values.value.renderPlace));
    if (link) this.#leavePlace(service, alive);
    window.addEventListener("hashchange", () => this.#goToPlace(service), { signal: alive });
    alive.addEventListener("abort", () => {
      stop();
      follow();
      this.#router.value.setTitle("");
    });
    this.requestUpdate();
  }

  /** Goes to the view that the address holds, when it changes under the page. */
  #goToPlace(session: SessionService): void {
    const link = readFragment(location.hash);
    const [scene, present] = [session.scene.peek(), session.view.peek()];
    if (!link || !scene || !present) return;
    const { view, selected } = linkedView(link, scene, present);
    session.showView(view);
    if (selected !== undefined) session.select(selected);
    history.replaceState(null, "", location.pathname + location.search);
  }

  /** Takes the view out of the address when it is seen: until then a page that has to begin again needs it. */
  #leavePlace(session: SessionService, alive: AbortSignal): void {
    const stop = effect(() => {
      if (!session.shown.value) return;
      history.replaceState(null, "", location.pathname + location.search);
      queueMicrotask(() => stop());
    });
    alive.addEventListener("abort", stop);
  }

  override render(): TemplateResult | typeof nothing {
    const session = this.#service;
    if (!session) return nothing;
    const panels = this.#panels.value;
    const axis = this.#focusedAxis();
    const openDialog = () => this.renderRoot.querySelector<EpOpenDialog>("ep-open-dialog")?.show();
    const choose = (event: CustomEvent<string>) => void session.open(event.detail);
    return html`
      ${panels.left ? html`<section class="side left" aria-label="Layers"><ep-layer-list @open=${openDialog} @save=${(event: CustomEvent<string[]>) => this.#showSave(event.detail)}></ep-layer-list></section>` : nothing}
      <div class=${`stage ${panels.left || panels.right ? "open" : ""}`}>
        <ep-ortho-views ?open=${this.#ortho.value} .panning=${this.#panning.value} .axis=${axis}><ep-canvas
          .panning=${this.#panning.value}
          .axis=${axis}
          @hover=${(event: CustomEvent<Place | null>) => {
            this.#place.value = event.detail ?? undefined;
            this.#point(session, event.detail);
          }}
        ></ep-canvas></ep-ortho-views>
        ${this.#ortho.value ? nothing : html`<ep-people></ep-people>`}
        ${this.#over(session, openDialog, choose)}
        <ep-status-line .place=${this.#place.value}></ep-status-line>
        ${this.#fold("left", "Layers panel", panels.left)} ${this.#fold("right", "Controls panel", panels.right)}
        ${this.#dropping.value ? html`<div class="drop">Drop to upload and open</div>` : nothing}
      </div>
      ${panels.right ? html`<section class="side right" aria-label="Layer controls"><ep-layer-controls></ep-layer-controls></section>` : nothing}
      <ep-feature-panel></ep-feature-panel>
      ${this.#animating.value ? html`<ep-animation-strip class="strip" role="region" aria-label="Animation"></ep-animation-strip>` : nothing}
      <div class="foot">
        <ep-dims-bar
          .focused=${axis}
          @focus-axis=${(event: CustomEvent<number>) => {
            this.#axis.value = event.detail;
          }}
        ></ep-dims-bar>
        <ep-view-buttons
          .ortho=${this.#ortho.value}
          .animating=${this.#animating.value}
          @animate=${() => this.#toggleAnimation()}
          @help=${() => this.#help()}
          @ortho=${() => this.#toggleOrtho(session)}
        ></ep-view-buttons>
        <ep-latency></ep-latency>
        <ep-share-button
          .thing=${{ kind: "session", id: this.session, name: session.scene.value?.title || this.session }}
          .picture=${() => picture(session)}
          .place=${() => placeOf(session)}
          .may=${session.mayEdit}
        ></ep-share-button>
      </div>
      <ep-open-dialog
        @choose=${choose}
        @files=${(event: CustomEvent<File[]>) => void this.#files(event.detail)}
      ></ep-open-dialog>
      <ep-save-dialog></ep-save-dialog>
      <ep-help-sheet></ep-help-sheet>
    `;
  }

  /** What lies over the canvas: an empty scene's ways out, or words on what is wrong. */
  #over(
    session: SessionService,
    openDialog: () => void,
    choose: (event: CustomEvent<string>) => void,
  ): TemplateResult {
    const { phase, message } = session.phase.value;
    const loading = session.loading.value;
    const trouble = session.trouble.value;
    const empty = phase === "open" && session.scene.value?.layers.length === 0;
    return html`
      ${loading.complete || phase !== "open" ? nothing : html`<div class="hairline" role="progressbar" aria-label="Loading data" aria-valuenow=${Math.round(loading.progress * 100)} style=${`transform: scaleX(${Math.max(0.02, loading.progress)})`}></div>`}
      ${empty ? html`<ep-empty-viewer @open=${openDialog} @choose=${choose}></ep-empty-viewer>` : nothing}
      ${
        phase === "ended"
          ? html`<div class="words" role="alert">
            <strong>This session cannot be shown</strong>
            <p>${message}</p>
            <p><a href="/">Go to the sessions</a></p>
          </div>`
          : nothing
      }
      ${phase === "broken" ? html`<div class="banner" role="status">${message || "The node is away."} The picture goes on by itself when it is back.</div>` : nothing}
      ${phase === "connecting" ? html`<div class="words" role="status"><p class="quiet">${message || "Opening the session."}</p></div>` : nothing}
      ${trouble !== "" ? html`<div class="words" role="alert"><p>${trouble}</p></div>` : nothing}
    `;
  }

  #fold(side: "left" | "right", label: string, open: boolean): TemplateResult {
    return html`<button
      class=${`button icon fold ${side}`}
      type="button"
      aria-label=${label}
      aria-expanded=${open ? "true" : "false"}
      title=${`${open ? "Hide" : "Show"} (Tab hides all)`}
      @click=${() => {
        // Where panels are sheets there is room for one.
        const other = innerWidth > 900 ? this.#panels.value : { left: false, right: false };
        this.#panels.value = { ...other, [side]: !open };
      }}
    >
      <ep-icon name=${side === "left" ? "layers" : "sliders"}></ep-icon>
    </button>`;
  }

  /** The others see where this pointer is. */
  #point(session: SessionService, place: Place | null): void {
    const view = session.view.peek();
    if (!place || !view || !session.size || view.grid.enabled) session.point(undefined);
    else session.point(worldAt(view, session.size, place.x, place.y));
  }

  #focusedAxis(): number | undefined {
    const dims = this.#service?.dims.value;
    const axes = dims ? slidOrder(dims) : [];
    const chosen = this.#axis.value;
    return chosen !== undefined && axes.includes(chosen) ? chosen : axes[0];
  }

  #toggleAnimation(): void {
    this.#animating.value = !this.#animating.value;
  }

  /** Four canvases, or one again. The main one is flat among four: 3D has its own. */
  #toggleOrtho(session: SessionService): void {
    const dims = session.dims.peek();
    if (!this.#ortho.value && (dims?.ndim ?? 2) < 3) {
      this.#notices.value.show("info", "Orthogonal views need data of three axes.");
      return;
    }
    if (!this.#ortho.value && dims?.ndisplay === 3) toggleDisplay(session);
    this.#ortho.value = !this.#ortho.value;
    // The main canvas has another size now.
    requestAnimationFrame(() => requestAnimationFrame(() => reset(session)));
  }

  #help(): void {
    const sheet = this.renderRoot.querySelector<EpHelpSheet>("ep-help-sheet");
    if (sheet) sheet.open = true;
  }

  #key(event: KeyboardEvent): void {
    const session = this.#service;
    const target = event.composedPath()[0];
    if (!session || event.defaultPrevented || taken(target instanceof Element ? target : undefined, event))
      return;
    if (boundKey(event, session)) {
      event.preventDefault();
      return;
    }
    if (event.key === " ") {
      this.#panning.value = true;
      event.preventDefault();
      return;
    }
    if (layerKey(event, toolsOf(session).active)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    run(command, this.#host(session));
  }

  #host(session: SessionService): CommandHost {
    return {
      session,
      notices: this.#notices.value,
      axis: () => this.#focusedAxis(),
      focusAxis: (axis) => {
        this.#axis.value = axis;
      },
      togglePanels: () => {
        const shown = this.#panels.value.left || this.#panels.value.right;
        this.#panels.value = { left: !shown, right: !shown };
      },
      toggleOrtho: () => this.#toggleOrtho(session),
      toggleAnimation: () => this.#toggleAnimation(),
      showHelp: () => this.#help(),
      showOpen: () => this.renderRoot.querySelector<EpOpenDialog>("ep-open-dialog")?.show(),
      showSave: () => this.#showSave([]),
    };
  }

  #showSave(ids: readonly string[]): void {
    if (this.#service?.mayEdit) this.renderRoot.querySelector<EpSaveDialog>("ep-save-dialog")?.show(ids);
  }

  #dragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#dropping.value = this.#service?.mayEdit ?? false;
  }

  #drop(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#dropping.value = false;
    void this.#files([...event.dataTransfer.files]);
  }

  async #files(files: readonly File[]): Promise<void> {
    const session = this.#service;
    if (!session) return;
    if (!session.mayEdit) this.#notices.value.show("warn", "You may look at this session, not add to it.");
    else await openFiles(files, session, this.#node.value, this.#notices.value);
  }
}
customElements.define("ep-viewer-page", EpViewerPage);
