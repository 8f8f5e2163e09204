/** `eyepiece token create --kind node|api --name N`: prints the new token and nothing else. */
import { parseArgs } from "node:util";
import { withAccounts } from "@eyepiece/relay/main.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async ([verb, ...args]) => {
  if (verb !== "create") throw new CommandError("Use: eyepiece token create --kind node|api --name NAME", 2);
  const { values } = parseArgs({
    args,
    options: { kind: { type: "string" }, name: { type: "string" }, home: { type: "string" } },
  });
  const { kind, name } = values;
  if (kind !== "node" && kind !== "api") throw new CommandError("--kind is node or api.", 2);
  if (!name) throw new CommandError("--name says whose token it is: a node's name, or what will use it.", 2);
  const home = homeFolder(values.home);
  try {
    console.log(withAccounts(home, (accounts) => accounts.createToken(kind, name)));
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : String(cause));
  }
  return 0;
};
