/** Accounts through the page: registering, signing in, passwords, tokens, administration, deleting. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";
import { ask, dialogOf, newPerson, PASSWORD } from "./people.ts";
import { watchErrors } from "./viewer-page.ts";

test("an administrator invites; the invited registers, signs out and in, and sees nothing of others", async ({
  page,
  browser,
  stack,
}) => {
  const errors = watchErrors(page);
  await page.goto(`${stack.url}/admin`);
  await page.getByPlaceholder("For whom (a note)").fill("Ada");
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByLabel(/The invitation, shown this once/).inputValue();
  expect(link).toContain("/register#invitation=");
  const context = await browser.newContext();
  try {
    const ada = await context.newPage();
    const adaErrors = watchErrors(ada);
    await ada.goto(link);
    await ada.getByLabel("Name to sign in with").fill("ada");
    await ada.getByLabel("Name that others see").fill("Ada L.");
    await ada.getByLabel("New password").fill(PASSWORD);
    await ada.getByRole("button", { name: "Register" }).click();
    await expect(ada.getByRole("link", { name: "Account: Ada L." })).toBeVisible();
    // The home page begins with what one can do; the administrator's session is not there, and no entry leads to it.
    await expect(ada.getByText("Nothing yet.")).toBeVisible();
    await expect(ada.getByText("No session yet.")).toBeVisible();
    await expect(ada.getByRole("link", { name: "Viewer" })).toHaveCount(0);
    await expect(ada.getByRole("link", { name: "Administration" })).toHaveCount(0);
    await ada.goto(`${stack.url}/admin`);
    await expect(ada.getByText("Only administrators have this page.")).toBeVisible();
    await ada.goto(`${stack.url}/account`);
    await ada.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(ada.getByRole("heading", { name: "Sign in to Eyepiece" })).toBeVisible();
    await ada.getByLabel("Username or e-mail").fill("ada");
    await ada.getByLabel("Password").fill("wrong password");
    await ada.getByRole("button", { name: "Sign in" }).click();
    await expect(ada.getByRole("alert")).toHaveText("The name or the password is wrong.");
    await ada.getByLabel("Password").fill(PASSWORD);
    await ada.getByRole("button", { name: "Sign in" }).click();
    await expect(ada.getByRole("heading", { name: "Account", exact: true })).toBeVisible();
    await expect(ada.getByRole("status", { name: "Connection: live" })).toBeVisible();
    // A wrong password and a page that is signed out are answered with 401, which the browser notes.
    expect(adaErrors.filter((error) => !error.includes("401"))).toEqual([]);
    await page.reload();
    await expect(page.getByRole("row", { name: /Ada L\./ })).toBeVisible();
    await page.getByLabel("Filter the audit log").fill("register ada");
    await expect(
      page.getByRole("region", { name: "Audit log" }).getByRole("row", { name: /register/ }),
    ).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
});

test("the account page: name, password, a token that works until it is revoked", async ({
  page,
  browser,
  stack,
}) => {
  const { page: grace, context } = await newPerson(browser, page, stack, "grace");
  try {
    await grace.goto(`${stack.url}/account`);
    await grace.getByLabel("Name that others see").fill("Grace H.");
    await grace.getByRole("button", { name: "Save" }).click();
    await expect(grace.getByRole("link", { name: "Account: Grace H." })).toBeVisible();
    await grace.getByLabel("Current password").fill(PASSWORD);
    await grace.getByLabel("New password").fill("another long password");
    await grace.getByRole("button", { name: "Change the password" }).click();
    await expect(grace.getByText("The new password holds.")).toBeVisible();
    await grace.getByLabel("Name", { exact: true }).fill("script");
    await grace.getByRole("button", { name: "Make a token" }).click();
    const token = await grace.getByLabel("The token, shown this once").inputValue();
    const asToken = async (): Promise<number> =>
      (await fetch(`${stack.url}/api/notebooks`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await asToken()).toBe(200);
    await grace.reload();
    const row = grace.getByRole("list", { name: "Tokens" }).getByRole("listitem");
    await expect(row).toContainText("script");
    await expect(row).toContainText("view");
    await expect(row).toContainText("used just now");
    await expect(grace.getByLabel("The token, shown this once")).toHaveCount(0);
    await row.getByRole("button", { name: "Revoke" }).click();
    await dialogOf(grace).getByRole("button", { name: "Revoke" }).click();
    await expect(grace.getByText("No tokens.")).toBeVisible();
    expect(await asToken()).toBe(401);
  } finally {
    await context.close();
  }
});

test("roles, disabling, a reset link, and deleting with what goes", async ({ page, browser, stack }) => {
  const { page: mary, context } = await newPerson(browser, page, stack, "mary");
  try {
    await ask(mary, stack, "POST", "/api/notebooks", { name: "Hers" });
    const line = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}';
    const sent = await mary.request.post(`${stack.url}/v1/files`, {
      headers: { origin: stack.url },
      multipart: {
        purpose: "fine-tune",
        file: { name: "hers.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(line) },
      },
    });
    expect(sent.status()).toBe(200);
    const training = () =>
      readdirSync(join(stack.home, "node/trainer/files")).filter((name) => name.endsWith(".jsonl"));
    expect(training()).toHaveLength(1);
    await page.goto(`${stack.url}/admin`);
    const row = page.getByRole("region", { name: "People" }).getByRole("row", { name: /mary/ });
    await row.getByRole("button", { name: "Reset link" }).click();
    const link = await page.getByLabel(/A link for a new password of mary/).inputValue();
    await row.getByRole("button", { name: "Disable" }).click();
    await dialogOf(page).getByRole("button", { name: "Disable" }).click();
    await expect(row).toContainText("disabled");
    await expect(mary.getByRole("heading", { name: "Sign in to Eyepiece" })).toBeVisible();
    await row.getByRole("button", { name: "Enable" }).click();
    await expect(row).toContainText("active");
    await mary.goto(link);
    await mary.getByLabel("New password").fill("a third long password");
    await mary.getByRole("button", { name: "Set the password" }).click();
    await expect(mary.getByRole("link", { name: "Account: mary" })).toBeVisible();
    await row.getByRole("button", { name: "Delete mary" }).click();
    const dialog = dialogOf(page);
    await expect(dialog).toContainText("1 notebook");
    await expect(dialog).toContainText("1 training file");
    const sure = dialog.getByRole("button", { name: "Delete the account" });
    await expect(sure).toBeDisabled();
    await dialog.getByLabel("Type mary to confirm").fill("mary");
    await sure.click();
    await expect(row).toHaveCount(0);
    expect(training()).toEqual([]);
    await expect(mary.getByRole("heading", { name: "Sign in to Eyepiece" })).toBeVisible();
  } finally {
    await context.close();
  }
});

test("one's own account is deleted after its name and password are typed", async ({
  page,
  browser,
  stack,
}) => {
  const { page: joan, context } = await newPerson(browser, page, stack, "joan");
  try {
    await joan.goto(`${stack.url}/account`);
    await joan.getByRole("button", { name: "Delete the account" }).click();
    const dialog = dialogOf(joan);
    await dialog.getByLabel("Your password").fill(PASSWORD);
    await dialog.getByLabel("Type joan to confirm").fill("joan");
    await dialog.getByRole("button", { name: "Delete the account" }).click();
    await expect(joan.getByText("Your account is deleted.")).toBeVisible();
    const users = await ask<{ users: { username: string }[] }>(page, stack, "GET", "/api/admin/users");
    expect(users.users.map(({ username }) => username)).not.toContain("joan");
  } finally {
    await context.close();
  }
});
