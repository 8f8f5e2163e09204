/** The base of all elements: Lit, updated by the signals that its render read; and the styles that all share. */
import { SignalWatcher } from "@lit-labs/preact-signals";
import { css, LitElement } from "lit";

/** See the file's comment. */
export class EpElement extends SignalWatcher(LitElement) {}

/** Buttons, fields and headings as they are everywhere. */
export const sharedStyles = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: var(--hit);
    height: var(--hit);
    padding: 0 8px;
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: transparent;
    color: var(--text);
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
    transition: background var(--motion);
  }
  .button.icon {
    padding: 0;
  }
  .button.framed {
    border-color: var(--line-strong);
    background: var(--raised);
  }
  .button.primary {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .button:hover {
    background: var(--raised-2);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--accent) 86%, var(--text));
  }
  .button.grave {
    background: var(--bad);
    color: var(--on-bad);
    font-weight: 600;
  }
  .button.grave:hover {
    background: color-mix(in srgb, var(--bad) 86%, var(--text));
  }
  .button:active {
    background: var(--selection);
  }
  .button[aria-pressed="true"] {
    background: var(--selection);
    color: var(--accent);
  }
  .button:disabled {
    opacity: 0.4;
    cursor: default;
    background: transparent;
  }
  .button.primary:disabled,
  .button.grave:disabled {
    background: transparent;
    color: var(--text);
    border-color: var(--line-strong);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  a {
    color: var(--accent);
  }
  .quiet {
    color: var(--quiet);
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: var(--hit);
    margin: 0;
    background: transparent;
    cursor: pointer;
    --track: linear-gradient(
      to right,
      var(--accent) calc(var(--at, 0) * 100%),
      var(--line-strong) calc(var(--at, 0) * 100%)
    );
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 3px;
    border-radius: 2px;
    background: var(--track);
  }
  input[type="range"]::-moz-range-track {
    height: 3px;
    border-radius: 2px;
    background: var(--track);
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: 13px;
    height: 13px;
    margin-top: -5px;
    border: 2px solid var(--panel);
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  input[type="range"]::-moz-range-thumb {
    width: 9px;
    height: 9px;
    border: 2px solid var(--panel);
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  input[type="range"]:disabled {
    opacity: 0.4;
  }
  .field {
    height: var(--hit);
    padding: 0 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
    min-width: 0;
  }
`;
