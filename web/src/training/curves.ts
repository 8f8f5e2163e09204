/** The curves of a job, from what it tells: read once, and then only what is new. */
import { type JobEvent, type List, listEvents } from "./api.ts";

/** Curves by their names: steps, and a value at each; null where it was no number. */
export type Curves = Readonly<
  Record<string, { readonly steps: readonly number[]; readonly values: readonly (number | null)[] }>
>;

/** Events in one answer, and answers at most. */
const PAGE = 1000;
const MOST_PAGES = 100;

type Ask = (id: string, limit: number, after?: string) => Promise<List<JobEvent>>;

/** See the file's comment. */
export class CurveReader {
  readonly #job: string;
  readonly #ask: Ask;
  readonly #points = new Map<string, Map<number, number | null>>();
  #newest = "";
  #curves: Curves = {};

  /** @param ask for tests */
  constructor(job: string, ask: Ask = listEvents) {
    this.#job = job;
    this.#ask = ask;
  }

  get curves(): Curves {
    return this.#curves;
  }

  /** Asks for what came since the last time. @throws ApiError; what was known stays */
  async read(): Promise<Curves> {
    const fresh: JobEvent[] = [];
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { data, has_more } = await this.#ask(this.#job, PAGE, after);
      const known = this.#newest === "" ? -1 : data.findIndex(({ id }) => id === this.#newest);
      fresh.push(...(known < 0 ? data : data.slice(0, known)));
      after = data.at(-1)?.id;
      if (known >= 0 || !has_more || after === undefined) break;
    }
    this.#newest = fresh[0]?.id ?? this.#newest;
    // Events come the newest first. A step that was done twice, after a pause or a kill, is as it was the last time.
    for (const event of fresh.toReversed()) this.#add(event);
    if (fresh.some(({ type }) => type === "metrics")) this.#curves = this.#sorted();
    return this.#curves;
  }

  #add({ type, data }: JobEvent): void {
    if (type !== "metrics" || data === null || typeof data.step !== "number") return;
    const { step, ...values } = data;
    for (const [name, value] of Object.entries(values)) {
      let points = this.#points.get(name);
      if (!points) {
        points = new Map();
        this.#points.set(name, points);
      }
      points.set(step, typeof value === "number" ? value : null);
    }
  }

  #sorted(): Curves {
    const curves: Record<string, { steps: number[]; values: (number | null)[] }> = {};
    for (const [name, points] of this.#points) {
      const steps = [...points.keys()].sort((a, b) => a - b);
      curves[name] = { steps, values: steps.map((step) => points.get(step) ?? null) };
    }
    return curves;
  }
}
