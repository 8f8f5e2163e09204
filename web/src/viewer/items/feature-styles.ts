/** How the features table looks. */
import { css } from "lit";

export const featureStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    font-size: 12px;
    background: var(--panel);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding: 4px 8px;
    border-bottom: 1px solid var(--line);
  }
  header .field {
    flex: 1 1 120px;
    max-width: 260px;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
    position: relative;
  }
  [role="row"] {
    display: grid;
    grid-template-columns: 72px repeat(var(--columns), minmax(90px, 1fr));
    height: 26px;
    align-items: center;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--panel);
    border-bottom: 1px solid var(--line);
  }
  .head .button {
    justify-content: flex-start;
    width: 100%;
    height: 25px;
    min-width: 0;
    overflow: hidden;
    font-weight: 600;
  }
  .body {
    position: relative;
  }
  .line {
    position: absolute;
    inset-inline: 0;
    cursor: default;
  }
  .line:hover {
    background: var(--raised);
  }
  .line[aria-selected="true"] {
    background: var(--selection);
  }
  [role="gridcell"] {
    padding: 0 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  [role="gridcell"] .field {
    width: 100%;
    height: 22px;
  }
  .none {
    padding: 12px;
    color: var(--quiet);
  }
`;
