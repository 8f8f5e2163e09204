/** A run's events as they come. The browser's own stream comes back after a break, and begins where it was. */
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
  /** Events that were left out of the two lists. */
  dropped = 0;
  /** "live", "over", "away": the stream is broken and comes back; "missing": there is no such run. */
  line: "opening" | "live" | "over" | "away" | "missing" = "opening";
  readonly #changed: () => void;
  readonly #source: EventSource;
  #last = 0;
  #frame = 0;

  constructor(fid: string, changed: () => void) {
    this.#changed = changed;
    this.#source = new EventSource(`${BASE}/outputs/stream/${fid}`);
    for (const kind of KINDS) this.#source.addEventListener(kind, (event) => this.#hear(kind, event));
    this.#source.addEventListener("eof", () => {
      this.line = "over";
      this.#source.close();
      this.#soon();
    });
    this.#source.addEventListener("open", () => {
      this.line = "live";
      this.#soon();
    });
    this.#source.addEventListener("error", (event) => {
      // A run's own events of this name come here, too: they are messages.
      if (event instanceof MessageEvent) return;
      this.line = this.#source.readyState === EventSource.CLOSED && this.#last === 0 ? "missing" : "away";
      this.#soon();
    });
  }

  close(): void {
    this.#source.close();
    cancelAnimationFrame(this.#frame);
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
