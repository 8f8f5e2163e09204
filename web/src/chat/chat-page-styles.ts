/** How the chat page is laid out: three columns, fewer where the window is narrow. */
import { css } from "lit";

export const chatPageStyles = css`
  :host {
    display: grid;
    grid-template-columns: 240px minmax(0, 1fr) 260px;
    position: relative;
    height: 100%;
    min-height: 0;
  }
  aside {
    min-height: 0;
    overflow-y: auto;
    padding: 12px;
    background: var(--panel);
  }
  .list {
    display: flex;
    flex-direction: column;
    gap: 8px;
    border-right: 1px solid var(--line);
  }
  .controls {
    border-left: 1px solid var(--line);
  }
  .middle {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  ep-chat-thread {
    grid-row: 3;
  }
  .bar {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    padding: 6px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--panel);
  }
  .columns {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 6px;
    min-width: 0;
  }
  .column {
    display: inline-flex;
    min-width: 0;
    max-width: 100%;
  }
  .column select {
    max-width: min(260px, 100%);
    text-overflow: ellipsis;
  }
  .menu {
    display: grid;
  }
  .menu .button {
    justify-content: flex-start;
  }
  .narrow-list,
  .narrow-controls {
    display: none;
  }
  ul {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    min-width: 0;
    border-radius: var(--radius);
    --icon-size: 14px;
  }
  li:hover,
  li[data-here] {
    background: var(--raised);
  }
  li[data-here] .name {
    color: var(--accent);
  }
  .open {
    display: grid;
    flex: 1;
    min-width: 0;
    min-height: 40px;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .when,
  .note {
    color: var(--quiet);
    font-size: 11px;
  }
  .note {
    margin: auto 0 0;
  }
  .trouble {
    display: flex;
    gap: 8px;
    margin: 0;
    padding: 8px 16px;
    border-bottom: 1px solid var(--line);
  }
  .trouble ep-icon {
    color: var(--warn);
  }
  .loading,
  .empty {
    grid-column: 1 / -1;
    max-width: 720px;
    padding: 24px;
  }
  .empty h1 {
    margin: 0;
    font-size: 20px;
  }
  .empty p {
    line-height: 1.5;
  }
  .empty pre {
    overflow-x: auto;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    font-family: var(--mono);
    font-size: 12px;
  }
  .empty code {
    font-family: var(--mono);
    overflow-wrap: anywhere;
  }
  .shade {
    display: none;
  }
  @media (max-width: 1100px) {
    :host {
      grid-template-columns: 220px minmax(0, 1fr);
    }
    .narrow-controls {
      display: inline-flex;
    }
    .controls {
      display: none;
      position: absolute;
      z-index: 3;
      inset: 0 0 0 auto;
      width: min(300px, 92%);
      box-shadow: var(--shadow);
    }
    .controls[data-open] {
      display: block;
    }
    .controls[data-open] ~ .shade {
      display: block;
      position: absolute;
      z-index: 2;
      inset: 0;
      background: rgb(0 0 0 / 35%);
    }
  }
  @media (max-width: 800px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    .narrow-list {
      display: inline-flex;
    }
    .list {
      display: none;
      position: absolute;
      z-index: 3;
      inset: 0 auto 0 0;
      width: min(300px, 92%);
      box-shadow: var(--shadow);
    }
    .list[data-open] {
      display: flex;
    }
    .shade {
      display: block;
      position: absolute;
      z-index: 2;
      inset: 0;
      background: rgb(0 0 0 / 35%);
    }
    .bar {
      padding: 6px 8px;
    }
  }
`;
