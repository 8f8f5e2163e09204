/** How the list of layers looks. */
import { css } from "lit";

export const layerListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    font-size: 12px;
  }
  h2 {
    margin: 0;
    padding: 12px 12px 6px;
    font-size: 11px;
    font-weight: 600;
    color: var(--quiet);
  }
  ul {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    margin: 0;
    padding: 0 6px;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 34px;
    padding: 0 4px;
    border-radius: var(--radius);
    border: 1px solid transparent;
  }
  li:hover {
    background: var(--raised);
  }
  li.selected {
    background: var(--selection);
  }
  li.over {
    border-color: var(--accent);
  }
  li.off .choose,
  li.off .eye {
    color: var(--quiet);
  }
  .eye[aria-pressed="true"] {
    background: none;
    color: inherit;
  }
  .swatch {
    flex: none;
    width: 22px;
    height: 22px;
    border-radius: 4px;
    border: 1px solid var(--line);
  }
  .choose {
    flex: 1;
    min-width: 0;
    height: 100%;
    padding: 0 4px;
    border: 0;
    background: none;
    text-align: left;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .rename {
    flex: 1;
  }
  /* They take their place from the name only where the hand, or the focus, is. */
  li:not(:hover):not(:focus-within) .remove:not(.selected .more) {
    width: 0;
    min-width: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
  }
  .swatch {
    display: grid;
    place-items: center;
    overflow: hidden;
    --icon-size: 14px;
  }
  .swatch ep-icon {
    color: #fff;
    filter: drop-shadow(0 0 1px #000) drop-shadow(0 0 1px #000);
  }
  .swatch img {
    width: 100%;
    height: 100%;
    object-fit: cover;
    background: #000;
  }
  .marks {
    display: inline-flex;
    gap: 2px;
    flex: none;
    color: var(--quiet);
    --icon-size: 12px;
  }
  .new .end {
    margin-inline-start: auto;
  }
  [role="menu"] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 6px;
    width: max-content;
    min-width: 210px;
    max-height: min(70vh, 520px);
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--text);
    box-shadow: var(--shadow);
  }
  [role="menu"] .button {
    width: 100%;
    justify-content: flex-start;
  }
  [role="menu"] p {
    margin: 6px 8px 2px;
    font-size: 11px;
    color: var(--quiet);
  }
  .new {
    display: flex;
    gap: 4px;
    padding: 0 8px 4px;
  }
  footer {
    display: flex;
    gap: 4px;
    padding: 8px;
    border-top: 1px solid var(--line);
  }
`;
