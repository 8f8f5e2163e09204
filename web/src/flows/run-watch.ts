/**
 * A run's events as they come. The browser's own stream comes back after a broken line, and begins where it was; where it was
 * refused, because the node is away, a new one is opened behind the last event.
 */
import { BASE, type State } from "./api.ts";

/** One event. */
export interface RunEvent {
  readonly id: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly kind: string;
  readonly message: string;
}

/** A lock that waits. `expires`: seconds since 1970. */
export interface RunLock {
  readonly lid: string;
  readonly name: string;
  readonly expires: number;
}

const KINDS = [
  ...["meta", "inputs", "agent", "upload", "debug", "stdout", "stderr", "lock", "lease"],
  ...["status", "error", "action", "result", "final"],
];
const LOG = new Set(["debug", "stdout", "stderr", "upload"]);
const SHOWN = new Set(["action", "result", "agent"]);
/** Lines of the log and results that a page holds; the node has all. */
const MAX_LOG = 5000;
const MAX_RESULTS = 1000;
/** A run that asks again and again has more; the bar shows the first. */
const MAX_STATES = 200;
/** How long after a refusal the node is asked again. */
const AGAIN_MS = 1000;
const STATES = new Set<string>(["starting", "running", "awaiting", "finished", "error"]);

/** See the file's comment. What it holds is changed before `changed` is called, once a frame of the screen at most. */
export class RunWatch {
  state: State = "starting";
  meta: Readonly<Record<string, unknown>> = {};
  inputs = "";
  final = "";
  error = "";
  started = 0;
  ended = 0;
  readonly log: RunEvent[] = [];
  readonly results: RunEvent[] = [];
  readonly locks = new Map<string, RunLock>();
  /** Each state that it came to, in order. */
  readonly states: { readonly state: State; readonly at: number }[] = [];
  /** Events that were left out of the two lists. */
  dropped = 0;
  /** "live", "over", "away": the stream is broken and comes back; "missing": there is no such run. */
  line: "opening" | "live" | "over" | "away" | "missing" = "opening";
  readonly #fid: string;
  readonly #changed: () => void;
  #source: EventSource | undefined;
  #last = 0;
  #frame = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(fid: string, changed: () => void) {
    this.#fid = fid;
    this.#changed = changed;
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#source?.close();
    clearTimeout(this.#again);
    cancelAnimationFrame(this.#frame);
  }

  #open(): void {
    const source = new EventSource(`${BASE}/outputs/stream/${this.#fid}?offset=${this.#last}`);
    this.#source = source;
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.#hear(kind, event));
    source.addEventListener("eof", () => {
      source.close();
      this.#now("over");
    });
    source.addEventListener("open", () => this.#now("live"));
    source.addEventListener("error", (event) => {
      // A run's own events of this name come here, too: they are messages.
      if (event instanceof MessageEvent) return;
      this.#now("away");
      if (source.readyState === EventSource.CLOSED) void this.#refused();
    });
  }

  /** The stream says not why: a run that is not there is not asked for again. */
  async #refused(): Promise<void> {
    const status = await fetch(`${BASE}/outputs/status/${this.#fid}`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (this.#closed) return;
    if (status === 404) this.#now("missing");
    else this.#again = setTimeout(() => this.#open(), AGAIN_MS);
  }

  #now(line: RunWatch["line"]): void {
    this.line = line;
    this.#soon();
  }

  #hear(kind: string, event: Event): void {
    if (!(event instanceof MessageEvent)) return;
    const id = Number(event.lastEventId);
    if (!(id > this.#last)) return;
    this.#last = id;
    const data = String(event.data);
    const colon = data.indexOf(":");
    const timestamp = Number(data.slice(0, colon));
    this.#take({ id, timestamp, kind, message: data.slice(colon + 1) });
    this.#soon();
  }

  #take(event: RunEvent): void {
    const { kind, message, timestamp } = event;
    if (LOG.has(kind)) this.#keep(this.log, event, MAX_LOG);
    else if (SHOWN.has(kind)) this.#keep(this.results, event, MAX_RESULTS);
    else if (kind === "status" && STATES.has(message)) {
      this.state = message as State;
      this.started ||= timestamp;
      if (this.states.length < MAX_STATES) this.states.push({ state: this.state, at: timestamp });
      if (message === "finished" || message === "error") {
        this.ended = timestamp;
        this.locks.clear();
      }
    } else if (kind === "final") this.final = message;
    else if (kind === "error") this.error = message;
    else if (kind === "inputs") this.inputs = message;
    else if (kind === "meta") this.meta = valuesOf(message);
    else if (kind === "lock" || kind === "lease") {
      const lock = JSON.parse(message) as RunLock;
      if (kind === "lock") this.locks.set(lock.lid, lock);
      else this.locks.delete(lock.lid);
    }
  }

  #keep(list: RunEvent[], event: RunEvent, most: number): void {
    list.push(event);
    if (list.length <= most) return;
    list.shift();
    this.dropped += 1;
  }

  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#changed();
    });
  }
}

function valuesOf(message: string): Readonly<Record<string, unknown>> {
  const [value] = Object.values(JSON.parse(message) as Record<string, unknown>);
  return (value ?? {}) as Readonly<Record<string, unknown>>;
}
