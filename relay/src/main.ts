/** The command `eyepiece relay` and its small helpers. */
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Accounts } from "./accounts/accounts.ts";
import { takeFirstOwner } from "./accounts/first-owner.ts";
import { openDatabase } from "./accounts/store.ts";
import { type RelayOptions, startRelay } from "./server.ts";

export { Accounts } from "./accounts/accounts.ts";
export { type Relay, type RelayOptions, startRelay } from "./server.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const USAGE = `Usage: eyepiece relay [--host ADDRESS] [--port N] [--home DIR] [--static DIR]
  [--tls self-signed | --tls-cert FILE --tls-key FILE] [--content-origin URL] [--allow-origin URL]...`;

/** Reads the options of `eyepiece relay`. @throws Error with a sentence when they make no sense. */
export function relayOptions(argv: readonly string[], env: Environment): RelayOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      host: { type: "string", default: env.EYEPIECE_HOST ?? "127.0.0.1" },
      port: { type: "string", default: env.EYEPIECE_PORT ?? "7070" },
      home: { type: "string", default: eyepieceHome(env) },
      static: { type: "string", default: fileURLToPath(new URL("../../web/dist", import.meta.url)) },
      tls: { type: "string" },
      "tls-cert": { type: "string" },
      "tls-key": { type: "string" },
      "content-origin": { type: "string" },
      "allow-origin": { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port ${values.port} is not a port.`);
  const { tls, "tls-cert": cert, "tls-key": key } = values;
  if (tls !== undefined && tls !== "self-signed") throw new Error(`--tls takes "self-signed", not "${tls}".`);
  if ((cert === undefined) !== (key === undefined)) throw new Error("--tls-cert and --tls-key go together.");
  const origins = [
    ...values["allow-origin"],
    ...(values["content-origin"] ? [values["content-origin"]] : []),
  ];
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(`${origin} is not an origin: write it as https://name or https://name:port.`);
    }
  }
  return {
    host: values.host,
    port,
    home: values.home,
    staticFolder: values.static,
    allowedOrigins: values["allow-origin"],
    ...(cert !== undefined && key !== undefined ? { tls: { cert, key } } : {}),
    ...(tls === "self-signed" ? { tls } : {}),
    ...(values["content-origin"] ? { contentOrigin: values["content-origin"] } : {}),
  };
}

/** Eyepiece's folder for data: EYEPIECE_HOME, or `.eyepiece` in the person's own. */
export function eyepieceHome(env: Environment): string {
  return env.EYEPIECE_HOME || join(homedir(), ".eyepiece");
}

/**
 * Runs a relay until `signal` aborts. Prints its address and, once each start, the owner's link.
 * @returns the exit code.
 */
export async function runRelay(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number> {
  if (argv.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  try {
    const options = relayOptions(argv, env);
    const firstOwner = takeFirstOwner(env);
    const relay = await startRelay({
      ...options,
      ...(firstOwner ? { firstOwner } : {}),
      log: (line) => console.error(line),
    });
    console.log(`The relay runs at ${relay.url}`);
    console.log(`Sign in, once, within 15 minutes: ${relay.ownerLink()}`);
    if (relay.fingerprint) console.log(`Certificate's SHA-256, for nodes: ${relay.fingerprint}`);
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await relay.close();
    return 0;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : String(cause));
    return 1;
  }
}

/** Does something with the accounts in `home`, also while a relay runs there. What takes time may answer with a promise. */
export function withAccounts<T>(home: string, use: (accounts: Accounts) => T): T {
  const database = openDatabase(join(home, "relay"));
  let later = false;
  try {
    const result = use(new Accounts(database, false));
    if (!(result instanceof Promise)) return result;
    later = true;
    return result.finally(() => database.close()) as T;
  } finally {
    if (!later) database.close();
  }
}

if (import.meta.main) {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  process.exitCode = await runRelay(process.argv.slice(2), process.env, stop.signal);
}
