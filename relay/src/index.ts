/** The relay: the public door between browsers and GPU nodes. */
export { Accounts, type Person, type TokenKind } from "./accounts/accounts.ts";
export * from "./main.ts";
