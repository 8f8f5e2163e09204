import { expect, it } from "vitest";
import type { Execution } from "../executions/register.ts";
import { resultPage, resultText } from "./results.ts";

const run = { state: "running", about: { summary: "A <b> & c" } } as Execution;
const page = (type: string, value: unknown) => resultPage(run, JSON.stringify({ [type]: value }));

it("shows Markdown as it is meant, HTML as it is written, and all else as text", () => {
  const markdown = page("Markdown", { body: "\n    # Title\n\n    | a |\n    | - |\n    | 1 |\n" });
  expect(markdown).toContain("<h1>Title</h1>");
  expect(markdown).toContain("<td>1</td>");
  expect(page("HTML", { body: "<i>x</i>" })).toContain("<body><i>x</i></body>");
  expect(page("Text", { body: "<i>x</i>" })).toContain("&lt;i&gt;x");
  expect(page("dict", { a: "<script>" })).toContain("&lt;script&gt;");
  expect(resultPage(run, undefined)).toContain("<p>running</p>");
  expect(markdown).toContain("<title>A &lt;b&gt; &amp; c</title>");
});

it("is text as it stands for programs", () => {
  expect(resultText(JSON.stringify({ Markdown: { body: "# x" } }))).toBe("# x");
  expect(resultText(undefined)).toBe("");
});
