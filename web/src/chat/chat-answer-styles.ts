/** How an answer is laid out. */
import { css } from "lit";

export const chatAnswerStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  article {
    display: grid;
    gap: 4px;
    height: 100%;
    grid-template-rows: auto 1fr auto;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
  }
  header {
    display: flex;
    gap: 8px;
    align-items: baseline;
    min-width: 0;
    color: var(--quiet);
    font-size: 12px;
  }
  header strong {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .figures {
    margin-left: auto;
    white-space: nowrap;
  }
  .text {
    min-width: 0;
    min-height: 1.5em;
    line-height: 1.55;
    overflow-wrap: anywhere;
  }
  .plain {
    white-space: pre-wrap;
  }
  .tokens {
    border-radius: 4px;
  }
  .tokens span {
    border-bottom: 2px solid
      color-mix(in srgb, var(--bad) calc((1 - var(--chance)) * 80%), transparent);
  }
  .tokens span[data-at] {
    background: var(--selection);
  }
  .caret {
    display: inline-block;
    width: 0.5em;
    height: 1em;
    vertical-align: text-bottom;
    background: var(--accent);
  }
  .trouble {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    margin: 4px 0 0;
    padding: 8px 10px;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    overflow-wrap: anywhere;
  }
  .trouble ep-icon {
    color: var(--bad);
    margin-top: 2px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    color: var(--quiet);
    font-size: 12px;
    --icon-size: 14px;
  }
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    width: max-content;
    max-width: calc(100vw - 16px);
    padding: 8px 10px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--text);
    box-shadow: var(--shadow);
    pointer-events: none;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(40px, max-content) 80px max-content;
    gap: 2px 10px;
    align-items: center;
    margin: 0;
    font-size: 12px;
  }
  .top code {
    font-family: var(--mono);
    white-space: pre;
  }
  .bar {
    height: 6px;
    border-radius: 3px;
    background: linear-gradient(
      to right,
      var(--accent) calc(var(--chance) * 100%),
      var(--line) calc(var(--chance) * 100%)
    );
  }
  .chosen {
    color: var(--accent);
    font-weight: 600;
  }
`;
