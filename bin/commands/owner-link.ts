/** `eyepiece owner-link`: a new one-time sign-in link for the owner. */
import { parseArgs } from "node:util";
import { withAccounts } from "@eyepiece/relay/main.ts";
import { type Command, homeFolder, portNumber } from "../command.ts";
import { readRunning } from "../local.ts";

export const command: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { home: { type: "string" }, port: { type: "string" }, url: { type: "string" } },
  });
  const home = homeFolder(values.home);
  const url = values.url ?? readRunning(home)?.url ?? `http://127.0.0.1:${portNumber(values.port)}`;
  console.log(`${url.replace(/\/$/, "")}/#owner=${withAccounts(home, (accounts) => accounts.ownerLink())}`);
  return 0;
};
