/** How pages of text, lists and forms are laid out, from 360 px to 4K. */
import { css } from "lit";

export const pageStyles = css`
  :host {
    display: block;
    max-width: 1080px;
    margin: 0 auto;
    padding: 24px;
  }
  h1 {
    margin: 0 0 4px;
    font-size: 20px;
    overflow-wrap: anywhere;
  }
  h2 {
    margin: 0;
    font-size: 15px;
  }
  section {
    margin-top: 32px;
  }
  section:first-of-type {
    margin-top: 0;
  }
  h1 ~ section:first-of-type,
  p ~ section:first-of-type {
    margin-top: 24px;
  }
  ep-project-files ~ section {
    margin-top: 32px !important;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-bottom: 12px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .actions label:focus-within {
    outline: 2px solid var(--accent);
  }
  form.stack {
    display: grid;
    gap: 10px;
    max-width: 420px;
  }
  form.stack label,
  label.stack {
    display: grid;
    gap: 4px;
    color: var(--quiet);
    font-size: 12px;
  }
  form.stack .field,
  label.stack .field {
    height: max(32px, var(--hit));
    color: var(--text);
    font-size: 13px;
  }
  form.stack .button {
    justify-self: start;
  }
  label.line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: var(--hit);
  }
  .rows {
    margin: 0;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    list-style: none;
  }
  .rows > li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
    padding: 4px 8px 4px 12px;
  }
  .rows > li + li {
    border-top: 1px solid var(--line);
  }
  .rows > li:hover {
    background: var(--raised);
  }
  .rows .main {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 10px;
    min-width: 0;
    min-height: 32px;
    color: var(--text);
    text-decoration: none;
  }
  .rows .name {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rows .aside {
    color: var(--quiet);
    font-size: 12px;
    white-space: nowrap;
  }
  .rows .push {
    margin-left: auto;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 4px;
    width: 100%;
    height: 100%;
    min-height: 72px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--text);
    text-align: left;
    text-decoration: none;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .card:hover {
    border-color: var(--line-strong);
    background: var(--raised);
  }
  .card strong {
    font-size: 14px;
  }
  .card img {
    width: 100%;
    aspect-ratio: 16 / 10;
    object-fit: cover;
    border-radius: 4px;
    background: #000;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--quiet);
    font-size: 12px;
    white-space: nowrap;
  }
  .dot {
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--colour);
  }
  .empty {
    display: grid;
    justify-items: start;
    gap: 10px;
    padding: 16px;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
  }
  .empty p {
    margin: 0;
  }
  .bad {
    color: var(--bad);
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 4px 16px;
    margin: 0;
  }
  dt {
    color: var(--quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .scroll {
    position: relative;
    overflow-x: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 6px 12px;
    text-align: left;
    white-space: nowrap;
  }
  th {
    color: var(--quiet);
    font-size: 11px;
    font-weight: 600;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  tbody tr:hover {
    background: var(--raised);
  }
  mark {
    border-radius: 2px;
    background: var(--selection);
    color: var(--text);
    font-weight: 600;
  }
  .hint {
    margin: 4px 0 12px;
    color: var(--quiet);
  }
  @media (min-width: 2400px) {
    :host {
      max-width: 1600px;
    }
  }
  @media (max-width: 700px) {
    :host {
      padding: 16px 12px 24px;
    }
    .wide {
      display: none !important;
    }
  }
  /* A name, how it goes, and what can be done to it. */
  .first {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .first h1 {
    margin: 0;
  }
`;
