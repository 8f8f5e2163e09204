/** Accessibility of a page by axe: WCAG 2.2 A and AA; nothing serious or critical may be left. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with what is wrong and where. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Colours are those at rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes
        .slice(0, 4)
        .map(({ target, failureSummary }) => `${target.flat().join(" > ")}: ${failureSummary}`),
    }));
  expect(grave, what).toEqual([]);
}
