/** A run as a row of a list. */
import { css, html, nothing, type TemplateResult } from "lit";
import { ago, moment } from "../ui/when.ts";
import type { RunLine } from "./api.ts";
import { duration, opened, stateShown } from "./words.ts";

export const rowStyles = css`
  .rows .inputs {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    color: var(--quiet);
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rows .state {
    width: 140px;
  }
  .rows .took {
    width: 96px;
    text-align: right;
  }
  .rows .when {
    width: 88px;
    text-align: right;
  }
  @media (max-width: 700px) {
    .rows .inputs,
    .rows .when {
      display: none;
    }
    .rows .state {
      width: auto;
    }
    .rows .took {
      width: auto;
    }
    .rows .name {
      flex: 1;
    }
    .head .actions {
      width: 100%;
    }
    .head .actions .field {
      flex: 1;
      min-width: 0;
    }
  }
`;

/** The row. @param now in milliseconds */
export function runRow(run: RunLine, now: number): TemplateResult {
  const started = Date.parse(run.startup);
  const { word, colour } = stateShown(run.status, run.error);
  const took = run.runtime ?? (now - started) / 1000;
  return html`<li>
    <a class="main" href=${`/flows/runs/${run.fid}`}>
      <span class="state" style=${`--colour: ${colour}`}>
        <span class="dot"></span>${word}
      </span>
      <span class="name">${run.summary ?? run.fid}</span>
      <span class="inputs">${run.status === "error" && run.error && run.error !== "cancelled" ? run.error : inputsLine(run.inputs)}</span>
      <span class="aside num took">${duration(took)}</span>
      <time class="aside when" datetime=${run.startup} title=${moment(started)}>${Number.isNaN(started) ? nothing : ago(started, now)}</time>
    </a>
  </li>`;
}

/** What was handed in, in one line. */
export function inputsLine(inputs: string): string {
  const { value } = opened(inputs);
  if (typeof value !== "object" || value === null) return value === undefined ? "" : String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${typeof one === "string" ? one : JSON.stringify(one)}`)
    .join(", ")
    .slice(0, 300);
}
