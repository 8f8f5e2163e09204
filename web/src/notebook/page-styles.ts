/** How the notebook page is laid out: bar above, contents left, cells, variables right. */
import { css } from "lit";

export const pageStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr) auto;
    grid-template-areas: "bar bar bar" "left cells right";
    height: 100%;
    background: var(--ground);
  }
  .bar {
    grid-area: bar;
    min-width: 0;
  }
  .scroller {
    grid-area: cells;
    overflow: auto;
    outline: none;
    padding: 12px 16px 40vh;
    overflow-anchor: auto;
  }
  .column {
    margin: 0 auto;
    max-width: 1240px;
  }
  aside {
    overflow: auto;
    width: 240px;
    background: var(--panel);
    font-size: 12px;
  }
  aside h2 {
    margin: 0;
    padding: 10px 12px 6px;
    font-size: 11px;
    color: var(--quiet);
  }
  aside.left {
    grid-area: left;
    border-right: 1px solid var(--line);
  }
  aside.right {
    grid-area: right;
    width: 280px;
    border-left: 1px solid var(--line);
  }
  .contents {
    list-style: none;
    margin: 0;
    padding: 0 6px;
  }
  .contents button {
    width: 100%;
    padding: 3px 6px;
    border: 0;
    border-radius: 4px;
    background: none;
    text-align: left;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .contents button:hover {
    background: var(--raised);
  }
  .banner {
    margin: 0 auto 8px;
    max-width: 920px;
    padding: 8px 12px;
    border: 1px solid var(--warn);
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--warn) 10%, transparent);
  }
  .banner.calm {
    border-color: var(--line-strong);
    background: var(--panel);
  }
  .banner wa-progress-bar {
    margin-top: 6px;
    --track-height: 4px;
  }
  .add {
    display: flex;
    gap: 8px;
    justify-content: center;
    max-width: 982px;
    padding: 8px 0;
    opacity: 0.75;
  }
  .add:hover,
  .add:focus-within {
    opacity: 1;
  }
  .words {
    max-width: 520px;
    margin: 15vh auto 0;
    text-align: center;
  }
  wa-dialog {
    --width: 720px;
  }
  .sheet {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(280px, 1fr));
    gap: 16px 24px;
  }
  .sheet h3 {
    margin: 0 0 4px;
    font-size: 12px;
    color: var(--quiet);
  }
  .sheet dl {
    display: grid;
    grid-template-columns: minmax(110px, max-content) 1fr;
    gap: 4px 12px;
    margin: 0;
  }
  .sheet dt {
    font: 12px var(--mono);
  }
  .sheet dd {
    margin: 0;
  }
  @media (max-width: 900px) {
    aside {
      position: absolute;
      z-index: 5;
      top: 82px;
      bottom: 0;
      box-shadow: var(--shadow);
    }
    aside.left {
      left: 0;
    }
    aside.right {
      right: 0;
    }
    .scroller {
      padding: 10px 8px 40vh;
    }
  }
`;
