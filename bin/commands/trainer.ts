/** `eyepiece trainer`: Eyepiece for programs that train and ask models; `key` prints what they need to call it. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CONFIG_VARIABLE, ConfigError, readConfig } from "@eyepiece/gpu-node/trainer/config.ts";
import { withAccounts } from "@eyepiece/relay/main.ts";
import { type Command, CommandError, homeFolder, portNumber } from "../command.ts";
import { readRunning, writePrivate } from "../local.ts";
import { up } from "./up.ts";

const USAGE = "Use: eyepiece trainer serve [--config config.yaml] [--port N], or eyepiece trainer key";
/** What programs of this person may do: no token of theirs reaches notebooks' shares or accounts. */
const SCOPES = ["view", "run"] as const;

export const command: Command = async ([verb, ...args]) => {
  if (verb === "serve") return serve(args);
  if (verb === "key") return key(args);
  throw new CommandError(USAGE, 2);
};

async function serve(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: "string" },
      // Arbor's name for it.
      "arbor-config": { type: "string" },
      /** Of the API on the loopback. */
      port: { type: "string" },
      "page-port": { type: "string" },
      home: { type: "string" },
      root: { type: "string", multiple: true, default: [] },
    },
  });
  const home = homeFolder(values.home);
  const file = configFile(home, values.config ?? values["arbor-config"]);
  if (file) {
    try {
      readConfig(file);
    } catch (cause) {
      if (cause instanceof ConfigError) throw new CommandError(cause.message);
      throw cause;
    }
    process.env[CONFIG_VARIABLE] = file;
  }
  if (values.port !== undefined) process.env.EYEPIECE_TRAINER_PORT = String(portNumber(values.port));
  const running = readRunning(home);
  if (running && (await answers(running.url)))
    throw new CommandError(
      `Eyepiece runs already at ${running.url}, with the settings that it began with: stop it first, or use it as it is.`,
    );
  const roots = values.root.flatMap((root) => ["--root", root]);
  const page = String(portNumber(values["page-port"]));
  return up(["--no-open", "--home", home, "--port", page, ...roots], () => {
    const port = addressOf(home);
    console.log(
      port === undefined
        ? "OpenAI's API is not on this machine's loopback: the log in the home folder says why."
        : `OpenAI's API: http://127.0.0.1:${port}/v1 (eyepiece trainer key prints a key for it)`,
    );
  });
}

/** Prints the key, and the address where it is open, as JSON. The key stays the same until it is revoked in the settings. */
async function key(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { home: { type: "string" } } });
  const home = homeFolder(values.home);
  if (!existsSync(home)) throw new CommandError(`There is no ${home}: start Eyepiece first.`);
  const file = join(home, "trainer-key");
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  const secret = await withAccounts(home, async (accounts) => {
    if (kept !== "" && (await accounts.prove("", `Bearer ${kept}`))) return kept;
    return accounts.tokens.create(accounts.ownerId(), "api", "trainer", SCOPES).secret;
  });
  if (secret !== kept) writePrivate(file, secret);
  const port = addressOf(home);
  console.log(JSON.stringify({ base_url: port ? `http://127.0.0.1:${port}/v1` : null, api_key: secret }));
  return 0;
}

/** The settings that hold: those that are named, the home folder's own, Arbor's; undefined where there are none. */
function configFile(home: string, named: string | undefined): string | undefined {
  if (named !== undefined) return resolve(named);
  const usual = [join(home, "config.yaml"), join(homedir(), ".arbor", "config.yaml")];
  return usual.find((file) => existsSync(file));
}

/** The port of the API on this machine; undefined where no node of this home runs. */
function addressOf(home: string): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(join(home, "node", "trainer.json"), "utf8")) as { port: number };
    return port;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
