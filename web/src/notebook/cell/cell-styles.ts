/** How a cell looks: a thin bar of its state, a number, the text, the outputs. */
import { css } from "lit";

export const cellStyles = css`
  :host {
    display: block;
    position: relative;
    padding: 3px 0;
    scroll-margin: 60px;
  }
  .cell {
    display: grid;
    grid-template-columns: 4px 58px minmax(0, 1fr);
    border-radius: var(--radius);
  }
  .bar {
    border-radius: 2px;
    background: transparent;
    margin: 2px 0;
  }
  .bar.queued {
    background: repeating-linear-gradient(var(--quiet) 0 4px, transparent 4px 8px);
  }
  .bar.running {
    background: var(--accent);
  }
  .bar.done {
    background: color-mix(in srgb, var(--good) 55%, transparent);
  }
  .bar.failed,
  .bar.lost {
    background: var(--bad);
  }
  .bar.stale {
    background: var(--warn);
  }
  .bar.cancelled {
    background: var(--line-strong);
  }
  @media (prefers-reduced-motion: no-preference) {
    .bar.running {
      animation: breathe 1.6s ease-in-out infinite;
    }
    @keyframes breathe {
      50% {
        opacity: 0.4;
      }
    }
  }
  .side {
    padding: 7px 8px 0 0;
    text-align: right;
    font: 11px var(--mono);
    color: var(--quiet);
    user-select: none;
    cursor: grab;
  }
  .said {
    display: flex;
    margin: 4px 0 0 auto;
    padding: 0 4px;
    min-width: 0;
    height: 20px;
    gap: 3px;
    font-size: 11px;
    color: var(--accent);
    --icon-size: 12px;
  }
  .main {
    min-width: 0;
    max-width: 920px;
  }
  .code {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    min-height: 32px;
  }
  :host([selected]) .cell {
    background: var(--selection);
  }
  :host([active]) .code,
  :host([active]) .shown {
    border-color: var(--accent);
  }
  :host([active][editing]) .code {
    box-shadow: 0 0 0 1px var(--accent);
  }
  .shown {
    border: 1px solid transparent;
    border-radius: var(--radius);
    padding: 6px 12px;
    min-height: 32px;
  }
  .shown:focus-visible {
    outline-offset: -2px;
  }
  .plain {
    margin: 0;
    padding: 6px 10px;
    font: 13px/1.5 var(--mono);
    white-space: pre;
    overflow: hidden;
    min-height: 32px;
  }
  .foot {
    display: flex;
    justify-content: flex-end;
    gap: 10px;
    min-height: 15px;
    font-size: 11px;
    color: var(--quiet);
  }
  .outputs {
    padding: 4px 0 4px 2px;
    max-width: none;
  }
  .folded {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    margin: 4px 0;
  }
  .tools {
    position: absolute;
    top: -9px;
    right: max(0px, calc(100% - 920px - 62px));
    z-index: 2;
    display: none;
    gap: 1px;
    padding: 1px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow);
    --icon-size: 14px;
  }
  .tools .button {
    min-width: 26px;
    height: 24px;
  }
  :host(:hover) .tools,
  :host(:focus-within) .tools,
  :host([active]) .tools {
    display: flex;
  }
  .drop {
    position: absolute;
    left: 0;
    right: 0;
    height: 2px;
    background: var(--accent);
  }
  .drop.before {
    top: -1px;
  }
  .drop.after {
    bottom: -1px;
  }
  .ask {
    display: flex;
    gap: 8px;
    align-items: center;
    margin-top: 6px;
    font: 12px var(--mono);
  }
  .ask input {
    flex: 1;
  }
  .who {
    position: absolute;
    left: 6px;
    bottom: 6px;
    display: flex;
    gap: 2px;
  }
  .who span {
    width: 8px;
    height: 8px;
    border-radius: 50%;
  }
  @media (max-width: 700px) {
    .cell {
      grid-template-columns: 4px 26px minmax(0, 1fr);
    }
    .side {
      padding-right: 4px;
      font-size: 10px;
    }
  }
`;
