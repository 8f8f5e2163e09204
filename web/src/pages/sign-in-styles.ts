/** How pages of one small form look, as one sees them before one is in. */
import { css } from "lit";

export const signInStyles = css`
  :host {
    display: grid;
    place-items: center;
    height: 100%;
    padding: 24px;
    overflow: auto;
  }
  section {
    width: min(380px, 100%);
  }
  h1 {
    font-size: 20px;
    margin: 12px 0 4px;
  }
  code {
    font-family: var(--mono);
    font-size: 12px;
    padding: 2px 5px;
    border-radius: 4px;
    background: var(--raised);
  }
  .mark {
    color: var(--accent);
    --icon-size: 32px;
  }
  form {
    display: grid;
    gap: 10px;
    margin: 16px 0;
  }
  label {
    display: grid;
    gap: 4px;
    font-size: 12px;
    color: var(--quiet);
  }
  .field {
    height: 34px;
    font-size: 14px;
    color: var(--text);
  }
  .button.primary {
    height: 36px;
    margin-top: 4px;
  }
  [role="alert"] {
    margin: 0;
    color: var(--bad);
  }
  details {
    margin-top: 16px;
    font-size: 12px;
    color: var(--quiet);
  }
`;
