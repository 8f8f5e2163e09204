/** What changes on a person's timeline and in the catalogue, told by the node while a page is in sight. It comes back by itself, behind what it has. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { BASE, type RunLine } from "./api.ts";

/** A change. `all`: something may have been missed, or it begins: ask for what is shown. */
export type FlowsChange =
  | { readonly type: "run"; readonly run: RunLine }
  | { readonly type: "removed"; readonly fid: string }
  | { readonly type: "catalogue" }
  | { readonly type: "all" };

/** How long after a refusal the node is asked again. */
const AGAIN_MS = 2000;
/** Runs that go on show how long they have taken. */
const CLOCK_MS = 1000;

/** See the file's comment. `told` is called with each change; `running` says whether times pass on the page. */
export class FlowsLive implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #told: (change: FlowsChange) => void;
  readonly #running: () => boolean;
  #source: EventSource | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #last = "";
  #on = false;

  constructor(host: ReactiveControllerHost, told: (change: FlowsChange) => void, running = () => false) {
    this.#host = host;
    this.#told = told;
    this.#running = running;
    host.addController(this);
  }

  hostConnected(): void {
    this.#on = true;
    document.addEventListener("visibilitychange", this.#seen);
    this.#clock = setInterval(() => {
      if (document.visibilityState === "visible" && this.#running()) this.#host.requestUpdate();
    }, CLOCK_MS);
    // Contexts are there when the element's own connectedCallback is over.
    queueMicrotask(() => this.#told({ type: "all" }));
    this.#seen();
  }

  hostDisconnected(): void {
    this.#on = false;
    document.removeEventListener("visibilitychange", this.#seen);
    clearInterval(this.#clock);
    this.#seen();
  }

  /** A browser opens few lines at once: a page that nobody sees needs none. */
  readonly #seen = (): void => {
    const wanted = this.#on && document.visibilityState === "visible";
    if (wanted && !this.#source) this.#open();
    if (wanted) return;
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = undefined;
  };

  #open(): void {
    clearTimeout(this.#again);
    const first = this.#last === "";
    const source = new EventSource(`${BASE}/timeline/stream${first ? "" : `?offset=${this.#last}`}`);
    this.#source = source;
    const hear = (name: string, take: (data: string) => void): void => {
      source.addEventListener(name, (event) => {
        if (this.#source !== source) return;
        this.#last = event.lastEventId || this.#last;
        take(String(event.data));
      });
    };
    // Between the first question and the line's first word something may have happened.
    hear("open", () => first && this.#told({ type: "all" }));
    hear("reset", () => this.#told({ type: "all" }));
    hear("catalogue", () => this.#told({ type: "catalogue" }));
    hear("run", (data) => this.#told({ type: "run", run: JSON.parse(data) as RunLine }));
    hear("removed", (data) =>
      this.#told({ type: "removed", fid: (JSON.parse(data) as { fid: string }).fid }),
    );
    source.addEventListener("error", () => {
      // Broken, it comes back by itself; refused, because the node is away, it does not.
      if (source.readyState !== EventSource.CLOSED || this.#source !== source) return;
      this.#source = undefined;
      this.#last = "";
      this.#again = setTimeout(this.#seen, AGAIN_MS);
      // What is shown says why, and asks again.
      this.#told({ type: "all" });
    });
  }
}

/** Calls `ask` a little after the last of many wishes for it, while its page is there. Never rejects as long as `ask` does not. */
export class Soon implements ReactiveController {
  readonly #ask: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, ask: () => Promise<void>) {
    this.#ask = ask;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** @param ms from now */
  after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), ms);
  }
}
