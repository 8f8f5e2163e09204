/** How a log looks: a head with a search beside its name, and lines in a box of their own. */
import { css } from "lit";

export const logStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-bottom: 12px;
  }
  h2 {
    margin: 0;
    font-size: 15px;
  }
  ol {
    max-height: 420px;
    margin: 0;
    padding: 8px 12px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    font: 12px/1.6 var(--mono);
    list-style: none;
    overflow-wrap: anywhere;
  }
`;
