/** How rendered Markdown, tables and terminal text look, in a shadow root of their own. */
import { css } from "lit";

export const proseStyles = css`
  .prose {
    line-height: 1.55;
    font-size: 14px;
    overflow-wrap: break-word;
  }
  .prose > :first-child {
    margin-top: 0;
  }
  .prose > :last-child {
    margin-bottom: 0;
  }
  .prose h1 {
    font-size: 24px;
    margin: 0.6em 0 0.4em;
  }
  .prose h2 {
    font-size: 19px;
    margin: 0.8em 0 0.4em;
  }
  .prose h3 {
    font-size: 16px;
    margin: 0.8em 0 0.3em;
  }
  .prose code {
    font: 12px var(--mono);
    background: var(--raised);
    padding: 1px 4px;
    border-radius: 3px;
  }
  .prose pre {
    padding: 10px 12px;
    background: var(--panel);
    border-radius: var(--radius);
    overflow: auto;
  }
  .prose pre code {
    padding: 0;
    background: none;
  }
  .prose blockquote {
    margin: 0.6em 0;
    padding-left: 12px;
    border-left: 3px solid var(--line-strong);
    color: var(--quiet);
  }
  .prose img {
    max-width: 100%;
  }
  .prose a {
    color: var(--accent);
  }
  table {
    border-collapse: collapse;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 3px 8px;
    text-align: right;
    vertical-align: top;
  }
  thead {
    border-bottom: 1px solid var(--line-strong);
  }
  tbody tr:nth-child(even) {
    background: var(--panel);
  }
  tbody tr:hover {
    background: var(--selection);
  }
`;

export const terminalStyles = css`
  pre {
    margin: 0;
    font: 12px/1.45 var(--mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .stderr {
    background: color-mix(in srgb, var(--bad) 10%, transparent);
    padding: 2px 6px;
    border-radius: 3px;
  }
  .error {
    border-left: 3px solid var(--bad);
    padding-left: 8px;
  }
  .ansi-black-fg {
    color: var(--quiet);
  }
  .ansi-red-fg,
  .ansi-bright-red-fg {
    color: var(--bad);
  }
  .ansi-green-fg,
  .ansi-bright-green-fg {
    color: var(--good);
  }
  .ansi-yellow-fg,
  .ansi-bright-yellow-fg {
    color: var(--warn);
  }
  .ansi-blue-fg,
  .ansi-bright-blue-fg,
  .ansi-cyan-fg,
  .ansi-bright-cyan-fg {
    color: var(--accent);
  }
  .ansi-magenta-fg,
  .ansi-bright-magenta-fg {
    color: var(--code-keyword);
  }
  .ansi-white-fg,
  .ansi-bright-white-fg {
    color: var(--text);
  }
  .ansi-red-bg {
    background: color-mix(in srgb, var(--bad) 35%, transparent);
  }
  .ansi-green-bg {
    background: color-mix(in srgb, var(--good) 35%, transparent);
  }
  .ansi-yellow-bg {
    background: color-mix(in srgb, var(--warn) 35%, transparent);
  }
`;
