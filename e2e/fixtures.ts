/** Tests that share one running Eyepiece, each in a browser context that is signed in. */
import { test as base, expect } from "@playwright/test";
import { type Stack, startStack } from "./stack.ts";

export const test = base.extend<{ signedIn: undefined }, { stack: Stack }>({
  stack: [
    // Playwright reads the names of the fixtures that are wanted from this pattern: none.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  page: async ({ page, stack }, use) => {
    await page.goto(await stack.newOwnerLink());
    await expect(page).toHaveURL(/\/view\//);
    // The link leads to the newest session, which another test may have made.
    await page.goto(`${stack.url}/view/welcome`);
    await use(page);
  },
});

export { expect };
