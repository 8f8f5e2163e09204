/** How forms of flows look. */
import { css } from "lit";

export const formStyles = css`
  :host {
    max-width: none;
    margin: 0;
    padding: 0;
  }
  form.stack {
    max-width: 560px;
  }
  form.stack > .button {
    justify-self: start;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .prose {
    color: var(--text);
    font-size: 13px;
  }
  .break {
    height: 12px;
  }
  hr {
    width: 100%;
    margin: 4px 0;
    border: 0;
    border-top: 1px solid var(--line);
  }
  textarea {
    min-height: 84px;
    padding: 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--text);
    font: inherit;
    font-size: 13px;
    resize: vertical;
  }
  input[type="color"] {
    width: 64px;
    padding: 2px;
  }
  .choice {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice legend,
  .legend {
    padding: 0;
    color: var(--quiet);
    font-size: 12px;
  }
  form.stack label.line {
    display: flex;
    color: var(--text);
    font-size: 13px;
  }
  .must {
    color: var(--accent);
  }
  .wrong {
    color: var(--bad);
  }
  [aria-invalid="true"] {
    border-color: var(--bad);
  }
`;
