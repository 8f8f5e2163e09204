/** People of a running Eyepiece in tests: accounts made by an administrator's invitation, pages that are signed in. */
import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import type { Stack } from "./stack.ts";

/** A password that the relay takes. */
export const PASSWORD = "correct horse battery";

/** The dialog that is open. Its content is slotted, so that it is not below the element with the role. */
export function dialogOf(page: Page): Locator {
  return page.locator("wa-dialog[open]");
}

/** Asks the API as the page's person. */
export async function ask<T>(
  page: Page,
  stack: Stack,
  method: string,
  path: string,
  data?: unknown,
): Promise<T> {
  const answer = await page.request.fetch(`${stack.url}${path}`, {
    method,
    headers: { origin: stack.url },
    ...(data === undefined ? {} : { data }),
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** Makes an account by an invitation of the administrator at `owner`, and signs it in on a browser of its own. */
export async function newPerson(
  browser: Browser,
  owner: Page,
  stack: Stack,
  username: string,
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const { url } = await ask<{ url: string }>(owner, stack, "POST", "/api/admin/invitations", {
    note: username,
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(stack.url + url);
  await page.getByLabel("Name to sign in with").fill(username);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("link", { name: `Account: ${username}` })).toBeVisible();
  return { page, context };
}
