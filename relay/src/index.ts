/** The relay: the public door between browsers and GPU nodes. */
export type { Person, TokenKind } from "./accounts/accounts.ts";
export * from "./main.ts";
