/** <ep-latency>: pictures a second, input to photon, bits; opens the stages of a picture's way as a stacked bar. */
import { css, html, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/popover.ts";
import "./here/place-switch.ts";
import type { Held } from "../services/session.ts";
import type { PlaceState, Stages, StreamStats } from "./worker/api.ts";

const STAGES: readonly (readonly [keyof Stages, string, string])[] = [
  ["wait", "Wait for the display frame", "#7b8794"],
  ["up", "To the node", "#4b8bf5"],
  ["queue", "Queue", "#8d6bf2"],
  ["render", "Render", "#f2b84b"],
  ["convert", "Convert", "#e58f3c"],
  ["encode", "Encode", "#ef6f6c"],
  ["down", "From the node", "#3fb6e8"],
  ["decode", "Decode", "#57d39b"],
  ["present", "Show", "#b7e37d"],
];

/** The figures in one line: "60 fps · 14 ms · 6 Mb/s". */
export function line(stats: StreamStats | undefined): string {
  if (!stats) return "no picture yet";
  const rate = stats.fps === 0 ? "idle" : `${stats.fps} fps`;
  const delay = stats.p50 > 0 ? ` · ${Math.round(stats.p50)} ms` : "";
  return `${rate}${delay} · ${stats.megabits >= 10 ? Math.round(stats.megabits) : stats.megabits.toFixed(1)} Mb/s`;
}

/** A budget's least, in bytes: what the node takes as such. */
const LEAST = 32 * 1024 * 1024;
/** What is held and what may be: "120 of 256 MiB". */
export function holding(bytes: number, allowed: number): string {
  const mib = (value: number): string => Math.round(value / 1024 / 1024).toLocaleString("en");
  return `${mib(bytes)} of ${mib(allowed)} MiB`;
}

/** What is being read: "12 pieces, 4 ms each"; "nothing". */
export function readingWords({ reading, readMs }: Pick<Held, "reading" | "readMs">): string {
  if (reading === 0) return "nothing";
  const pieces = reading === 1 ? "1 piece" : `${reading} pieces`;
  return readMs > 0 ? `${pieces}, ${Math.max(1, Math.round(readMs))} ms each` : pieces;
}

/** See the file's comment. The newest figures are also in `data-stats`, as JSON. */
export class EpLatency extends EpElement {
  readonly #session = new Shared(this, sessionContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
        font-size: 12px;
        white-space: nowrap;
      }
      .words {
        padding: 0 6px;
        color: var(--quiet);
      }
      .bar {
        display: flex;
        height: 10px;
        width: 300px;
        max-width: 70vw;
        border-radius: 3px;
        overflow: hidden;
        background: var(--ground);
      }
      table {
        margin-top: 8px;
        border-collapse: collapse;
        width: 100%;
      }
      td {
        padding: 2px 0;
      }
      td:last-child {
        padding-left: 16px;
        text-align: right;
      }
      .key {
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 8px;
        border-radius: 2px;
      }
      meter {
        width: 80px;
        vertical-align: middle;
      }
      input[type="range"] {
        width: 160px;
      }
      p {
        margin: 8px 0 0;
        color: var(--quiet);
        white-space: normal;
        max-width: 300px;
      }
    `,
  ];

  override render(): TemplateResult {
    const session = this.#session.value;
    const stats = session.stats.value;
    if (stats) this.dataset.stats = JSON.stringify(stats);
    return html`<ep-popover label="Latency by stage" words=${line(stats)}>
      <span slot="button" class="words num">${line(stats)}</span>
      ${stats ? this.#details(stats) : html`<p>No picture has come yet.</p>`}
    </ep-popover>`;
  }

  #details(stats: StreamStats): TemplateResult {
    const total = STAGES.reduce((sum, [stage]) => sum + stats.stages[stage], 0) || 1;
    const drawn = stats.compositor === "webgpu" ? "WebGPU" : "the 2D canvas";
    return html`
      <div class="bar" role="img" aria-label="Share of each stage">
        ${STAGES.map(
          ([stage, , colour]) =>
            html`<span style=${`background: ${colour}; width: ${(stats.stages[stage] / total) * 100}%`}></span>`,
        )}
      </div>
      <table>
        ${STAGES.map(
          ([stage, name, colour]) => html`<tr>
            <td><span class="key" style=${`background: ${colour}`}></span>${name}</td>
            <td class="num">${stats.stages[stage].toFixed(1)} ms</td>
          </tr>`,
        )}
        <tr>
          <td>Input to photon, median and 95%</td>
          <td class="num">${stats.p50.toFixed(0)} / ${stats.p95.toFixed(0)} ms</td>
        </tr>
      </table>
      <ep-place-switch></ep-place-switch>
      ${this.#budgets()}
      <p>
        ${stats.width} × ${stats.height}${stats.exact ? ", exact" : ", sharper at rest"}; shown by ${drawn} here.
        ${this.#drawnBy(stats)}
      </p>
    `;
  }

  #drawnBy({ here }: StreamStats): string {
    const { facts, place } = this.#session.value;
    if (here) return `Drawn here, by ${place.value?.here?.adapter ?? "this computer"}.`;
    if (!facts.value) return "";
    const { adapter, adapterKind, encoder } = facts.value;
    return `Drawn by ${adapter} (${adapterKind}), encoded by ${encoder}.`;
  }

  /** What this page holds, where it draws by itself. */
  #heldHere({ memory, memoryAllowed, gpu, gpuAllowed }: NonNullable<PlaceState["held"]>): TemplateResult {
    const row = (name: string, used: number, allowed: number) => html`<tr>
      <td>${name}</td>
      <td>
        <meter min="0" max=${allowed} value=${Math.min(used, allowed)} aria-label=${name}></meter>
        <span class="num">${holding(used, allowed)}</span>
      </td>
    </tr>`;
    return html`<table>
      ${row("Data in this page", memory, memoryAllowed)} ${row("On this GPU", gpu, gpuAllowed)}
    </table>`;
  }

  #budgets(): TemplateResult | string {
    const session = this.#session.value;
    const here = session.place.value?.held;
    if (here && session.place.value?.where === "here") return this.#heldHere(here);
    const held = session.held.value;
    if (!held) return "";
    const mayEdit = session.facts.value?.rights.includes("edit") ?? false;
    const row = (
      what: "memory" | "gpu",
      name: string,
      used: number,
      allowed: number,
      most: number,
    ) => html`<tr>
        <td>${name}</td>
        <td>
          <meter min="0" max=${allowed} value=${Math.min(used, allowed)} aria-label=${name}></meter>
          <span class="num">${holding(used, allowed)}</span>
        </td>
      </tr>
      ${
        mayEdit && most > LEAST
          ? html`<tr>
              <td><label for=${`budget-${what}`}>at most</label></td>
              <td>
                <input
                  id=${`budget-${what}`}
                  type="range"
                  min=${LEAST}
                  max=${most}
                  step=${LEAST / 2}
                  .value=${String(allowed)}
                  @change=${(event: Event) => this.#allow(what, Number((event.target as HTMLInputElement).value))}
                />
              </td>
            </tr>`
          : ""
      }`;
    return html`<table>
      ${row("memory", "Data in memory", held.memory, held.memoryAllowed, held.memoryMost)}
      ${row("gpu", "On the GPU", held.gpu, held.gpuAllowed, held.gpuMost)}
      <tr>
        <td>Being read</td>
        <td class="num">${readingWords(held)}</td>
      </tr>
    </table>`;
  }

  #allow(what: "memory" | "gpu", bytes: number): void {
    const budget = what === "memory" ? { memory: bytes, gpu: 0 } : { memory: 0, gpu: bytes };
    this.#session.value
      .ask({ budget })
      .then(({ failure }) => {
        if (failure) console.info("The budget was not changed:", failure.message);
      })
      .catch((cause: unknown) => console.info("The budget was not changed:", cause));
  }
}
customElements.define("ep-latency", EpLatency);
