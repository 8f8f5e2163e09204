/** How the viewer page is laid out: panels at the sides, dims and buttons below; sheets over the canvas where it is narrow. */
import { css } from "lit";

export const viewerStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) auto auto auto / auto minmax(0, 1fr) auto;
    grid-template-areas: "left stage right" "left table right" "strip strip strip" "foot foot foot";
    height: 100%;
    position: relative;
  }
  .side {
    background: var(--panel);
    min-height: 0;
    overflow: hidden;
    display: flex;
    flex-direction: column;
  }
  .side.left {
    grid-area: left;
    width: 220px;
    border-right: 1px solid var(--line);
  }
  .side.right {
    grid-area: right;
    width: 288px;
    border-left: 1px solid var(--line);
  }
  .side > * {
    flex: 1;
    min-height: 0;
  }
  ep-feature-panel {
    grid-area: table;
  }
  .strip {
    grid-area: strip;
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-width: 0;
    min-height: 0;
    background: var(--canvas);
  }
  ep-canvas,
  ep-empty-viewer {
    position: absolute;
    inset: 0;
  }
  .hairline {
    position: absolute;
    inset: 0 0 auto;
    height: 2px;
    background: var(--accent);
    transform-origin: left;
    transition: transform var(--motion);
    pointer-events: none;
  }
  ep-status-line {
    position: absolute;
    left: 12px;
    bottom: 10px;
    right: 190px;
    pointer-events: none;
  }
  .fold {
    position: absolute;
    top: 8px;
    background: rgb(21 26 33 / 72%);
    color: #e6eaf0;
    opacity: 0.7;
  }
  .fold:hover,
  .fold:focus-visible,
  .fold[aria-expanded="false"] {
    opacity: 1;
    background: rgb(28 35 44 / 90%);
  }
  .fold.left {
    left: 8px;
  }
  .fold.right {
    right: 8px;
  }
  .words {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    padding: 24px;
    text-align: center;
    color: #e6eaf0;
    pointer-events: none;
  }
  /* It lies over the last picture. */
  .words[role="alert"] {
    background: rgb(0 0 0 / 78%);
  }
  .words > * {
    max-width: 460px;
    margin: 4px auto;
    pointer-events: auto;
  }
  .banner {
    position: absolute;
    top: 8px;
    left: 50%;
    transform: translateX(-50%);
    max-width: calc(100% - 112px);
    padding: 4px 12px;
    border-radius: 12px;
    background: rgb(28 35 44 / 92%);
    color: #f2b84b;
    font-size: 12px;
  }
  .drop {
    position: absolute;
    inset: 8px;
    display: grid;
    place-content: center;
    border: 2px dashed #5cc8ff;
    border-radius: 8px;
    background: rgb(14 17 22 / 72%);
    color: #e6eaf0;
    font-size: 15px;
    pointer-events: none;
    z-index: 3;
  }
  .foot {
    grid-area: foot;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto auto;
    align-items: center;
    min-height: 44px;
    background: var(--panel);
    border-top: 1px solid var(--line);
  }
  ep-view-buttons {
    border-left: 1px solid var(--line);
  }
  ep-latency {
    padding-right: 8px;
    min-width: 176px;
    justify-content: flex-end;
  }
  @media (max-width: 1100px) {
    .foot {
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    ep-dims-bar {
      grid-column: 1 / -1;
      border-bottom: 1px solid var(--line);
    }
    ep-view-buttons {
      border-left: 0;
    }
  }
  @media (max-width: 900px) {
    .side {
      /* A sheet over the canvas. */
      position: absolute;
      top: 0;
      bottom: 0;
      z-index: 2;
      max-width: calc(100% - 56px);
      box-shadow: var(--shadow);
    }
    .side.left {
      grid-area: stage;
      left: 0;
    }
    .side.right {
      grid-area: stage;
      right: 0;
    }
    .fold.left[aria-expanded="true"] {
      left: calc(min(220px, 100vw - 56px) + 8px);
      z-index: 3;
    }
    .fold.right[aria-expanded="true"] {
      right: calc(min(288px, 100vw - 56px) + 8px);
      z-index: 3;
    }
    .stage.open .fold[aria-expanded="false"] {
      display: none;
    }
    ep-status-line {
      right: 12px;
      bottom: 44px;
    }
  }
  @media (max-width: 700px) {
    ep-view-buttons {
      grid-column: 1 / -1;
      order: 3;
    }
    ep-dims-bar {
      grid-column: auto;
      border-bottom: 0;
    }
    ep-latency {
      min-width: 0;
      align-self: start;
    }
  }
`;
