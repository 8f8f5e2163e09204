/** The first owner by EYEPIECE_ADMIN_EMAIL and EYEPIECE_ADMIN_PASSWORD, for machines that nobody watches start. */
import type { Accounts } from "./accounts.ts";
import { COMMAND_LINE } from "./audit.ts";

type Environment = Record<string, string | undefined>;

/** An administrator to make. */
export interface FirstOwner {
  readonly email: string;
  readonly password: string;
}

/**
 * Reads both from the environment, and takes the password out of it, so that no child inherits it.
 * @throws Error with a sentence when one stands alone
 */
export function takeFirstOwner(env: Environment): FirstOwner | undefined {
  const { EYEPIECE_ADMIN_EMAIL: email, EYEPIECE_ADMIN_PASSWORD: password } = env;
  delete env.EYEPIECE_ADMIN_PASSWORD;
  if (!email && !password) return undefined;
  if (email && password) return { email, password };
  throw new Error("EYEPIECE_ADMIN_EMAIL and EYEPIECE_ADMIN_PASSWORD go together: set both, or neither.");
}

/**
 * Gives the first owner this address and password, once: later starts change nothing, so that a password changed since stays.
 * @returns a sentence for the log, when there is something to say
 * @throws PasswordError or AccountError with a sentence
 */
export async function applyFirstOwner(accounts: Accounts, { email, password }: FirstOwner): Promise<string> {
  const { people } = accounts;
  const known = people.find(email);
  if (known?.hasPassword) {
    return known.role === "owner"
      ? ""
      : `${email} is an account already and no administrator: \`eyepiece user role ${known.username} owner\` makes it one.`;
  }
  const owners = people.list().filter(({ role, disabled }) => role === "owner" && !disabled);
  if (owners.some(({ hasPassword }) => hasPassword)) {
    return `There is an administrator already: EYEPIECE_ADMIN_EMAIL=${email} was not made another. \`eyepiece user create\` does that.`;
  }
  const id = accounts.ownerId();
  people.setProfile(id, { email });
  await people.setPassword(id, password);
  accounts.audit.note(COMMAND_LINE, "create", email, "first owner, by the environment");
  return `${email} can sign in as the owner.`;
}
