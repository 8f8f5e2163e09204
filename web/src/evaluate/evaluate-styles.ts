/** How the page of evaluations is laid out. */
import { css } from "lit";

export const evaluateStyles = css`
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
    gap: 16px 24px;
    margin-bottom: 12px;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
  }
  legend {
    color: var(--quiet);
    font-size: 12px;
  }
  fieldset div {
    max-height: 220px;
    overflow-y: auto;
  }
  fieldset label {
    display: flex;
    gap: 8px;
    align-items: center;
    min-height: var(--hit);
    overflow-wrap: anywhere;
  }
  fieldset small {
    color: var(--quiet);
  }
  .rows > li {
    flex-wrap: wrap;
  }
  .why {
    flex: 1 0 100%;
    margin: 0;
    overflow-wrap: anywhere;
  }
  td.num,
  th.num {
    text-align: right;
  }
  td button {
    font-variant-numeric: tabular-nums;
  }
  td .best {
    color: var(--good);
    font-weight: 600;
  }
  .answers {
    display: grid;
    gap: 4px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  .answers li {
    padding: 6px 12px;
    border-left: 2px solid var(--line-strong);
    background: var(--panel);
    overflow-wrap: anywhere;
  }
  .answers li.right {
    border-color: var(--good);
  }
`;
