/** `eyepiece user create|list|role|disable|enable|reset-password`: accounts, also while a relay runs on the same data. */
import { parseArgs } from "node:util";
import { COMMAND_LINE } from "@eyepiece/relay/accounts/audit.ts";
import { PasswordError } from "@eyepiece/relay/accounts/passwords.ts";
import { AccountError, type AccountRow } from "@eyepiece/relay/accounts/people.ts";
import { type Accounts, withAccounts } from "@eyepiece/relay/main.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";
import { readPassword } from "../password.ts";

const USAGE = `Use: eyepiece user create NAME [--email ADDRESS] [--role user|owner] [--name "Full Name"]
     eyepiece user list
     eyepiece user role NAME user|owner
     eyepiece user disable NAME
     eyepiece user enable NAME
     eyepiece user reset-password NAME
NAME is a username or an e-mail address. A password is read from standard input, and not shown at a terminal.`;

export const command: Command = async ([verb = "", ...args]) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      home: { type: "string" },
      email: { type: "string" },
      role: { type: "string", default: "user" },
      name: { type: "string" },
    },
  });
  const home = homeFolder(values.home);
  const [username = "", second = ""] = positionals;
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!run || (verb !== "list" && username === "")) throw new CommandError(USAGE, 2);
  try {
    await run({ home, username, second, ...values });
  } catch (cause) {
    if (cause instanceof AccountError || cause instanceof PasswordError)
      throw new CommandError(cause.message);
    throw cause;
  }
  return 0;
};

interface Wish {
  readonly home: string;
  readonly username: string;
  readonly second: string;
  readonly email?: string | undefined;
  readonly role: string;
  readonly name?: string | undefined;
}

const VERBS: Readonly<Record<string, ((wish: Wish) => Promise<void>) | undefined>> = {
  async create({ home, username, email, role, name }) {
    const checked = roleOf(role, "--role");
    const password = await readPassword(`Password for ${username}: `);
    await withAccounts(home, async (accounts) => {
      const id = await accounts.people.create({ username, email, name, role: checked, password });
      accounts.audit.note(COMMAND_LINE, "create", id, `${username} ${checked}`);
    });
    console.log(`${username} can sign in (${checked === "owner" ? "an administrator" : "a user"}).`);
  },

  async list({ home }) {
    const people = withAccounts(home, (accounts) => accounts.people.list());
    for (const line of table(people)) console.log(line);
  },

  async role({ home, username, second }) {
    const role = roleOf(second, "The role");
    withAccounts(home, (accounts) => {
      const account = known(accounts, username);
      accounts.people.setRole(account.id, role);
      accounts.audit.note(COMMAND_LINE, "role", account.id, `${account.username} ${role}`);
    });
    console.log(`${username} is ${role === "owner" ? "an administrator" : "a user"} now.`);
  },

  async disable({ home, username }) {
    withAccounts(home, (accounts) => {
      const account = known(accounts, username);
      accounts.people.disable(account.id);
      accounts.audit.note(COMMAND_LINE, "disable", account.id, account.username);
    });
    console.log(`${username} is signed out everywhere and cannot sign in; everything that is theirs stays.`);
  },

  async enable({ home, username }) {
    withAccounts(home, (accounts) => {
      const account = known(accounts, username);
      accounts.people.enable(account.id);
      accounts.audit.note(COMMAND_LINE, "enable", account.id, account.username);
    });
    console.log(`${username} can sign in again.`);
  },

  async "reset-password"({ home, username }) {
    const { id, username: name } = withAccounts(home, (accounts) => known(accounts, username));
    const password = await readPassword(`New password for ${name}: `);
    await withAccounts(home, async (accounts) => {
      await accounts.people.setPassword(id, password);
      accounts.audit.note(COMMAND_LINE, "reset", id, name);
    });
    console.log(`${name} has a new password and is signed out everywhere.`);
  },
};

function known(accounts: Accounts, name: string): AccountRow {
  const account = accounts.people.find(name);
  if (!account) throw new CommandError(`There is no account ${name}: \`eyepiece user list\` shows them all.`);
  return account;
}

function roleOf(text: string, what: string): "owner" | "user" {
  if (text === "owner" || text === "user") return text;
  throw new CommandError(`${what} is user or owner (an administrator).`, 2);
}

/** One line for each account, in columns. */
function table(people: readonly AccountRow[]): string[] {
  const rows = [
    ["USERNAME", "E-MAIL", "ROLE", "STATE", "SINCE"],
    ...people.map(({ username, email, role, disabled, hasPassword, createdAt }) => [
      username,
      email ?? "-",
      role,
      disabled ? "disabled" : hasPassword ? "enabled" : "by link only",
      new Date(createdAt).toISOString().slice(0, 10),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
