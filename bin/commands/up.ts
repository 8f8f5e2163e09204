/** `eyepiece up`: relay and one local node on this machine, supervised. */
import { spawn } from "node:child_process";
import { accessSync, appendFileSync, constants, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { kernelsFolder, retireKernels } from "@eyepiece/gpu-node/kernels/keepers.ts";
import { withAccounts } from "@eyepiece/relay/main.ts";
import { type Command, CommandError, homeFolder, portNumber } from "../command.ts";
import { localToken, noteRunning } from "../local.ts";
import { ChildFailure, Supervised } from "../supervise.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** How long the first start may take: a software GPU is unpacked and tried. */
const READY_MS = 120_000;
/** How long the end may take, all in all. */
const STOP_MS = 2900;

interface Health {
  readonly nodes: readonly { readonly name: string; readonly adapter: string; readonly encoder: string }[];
}

export const command: Command = (args) => up(args);

/** Runs until it is asked to end. @param onReady called once, when everything answers */
export async function up(args: readonly string[], onReady: () => void = () => {}): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: "string" },
      home: { type: "string" },
      host: { type: "string", default: process.env.EYEPIECE_HOST ?? "127.0.0.1" },
      root: { type: "string", multiple: true, default: [] },
      "no-open": { type: "boolean", default: false },
    },
  });
  const port = portNumber(values.port);
  const home = homeFolder(values.home);
  const files = positionals.map(checkedFile);
  const say = (line: string) => process.stderr.write(`  ${line}\n`);
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK);
  } catch {
    throw new CommandError(`${home} cannot be written: choose another folder with --home or EYEPIECE_HOME.`);
  }
  const log = logFile(home);
  const name = nodeName();
  const url = `http://${values.host}:${port}`;

  say("Starting the relay…");
  // Its own word that it listens: something else may answer at the port.
  const listening = Promise.withResolvers<true>();
  const relay = new Supervised({
    name: "relay",
    args: [join(ROOT, "relay/src/main.ts"), "--host", values.host, "--port", String(port), "--home", home],
    env: process.env,
    log: (line) => log(`relay: ${line}`),
    onOutput: (line) => line.startsWith("The relay runs at") && listening.resolve(true),
    onRestart: () => say("The relay died and starts again."),
  });
  // The first owner's password is the relay's business alone, and not that of code which people run on the node.
  const { EYEPIECE_ADMIN_PASSWORD: _, ...environment } = process.env;
  const children = [relay];
  const stop = stopper(children, say, home);
  try {
    await Promise.race([listening.promise, relay.failed]);
    relay.markReady();
    say("Starting the node: looking for a GPU and an encoder…");
    const token = await localToken(home, "node", name);
    const failures: string[] = [];
    const configuration = {
      relay: url,
      name,
      home: join(home, "node"),
      roots: rootsOf(values.root, files),
      open: files,
    };
    const node = new Supervised({
      name: "node",
      args: [join(ROOT, "gpu-node/src/main.ts"), JSON.stringify(configuration)],
      env: { ...environment, EYEPIECE_NODE_TOKEN: token },
      log: (line) => log(`node: ${line}`),
      onMessage: (message) => failures.push(...failuresOf(message)),
      onRestart: () => say("The node died and starts again."),
    });
    children.push(node);
    const found = await until(
      () => health(url).then((answer) => answer?.nodes.find((one) => one.name === name)),
      node.failed,
      "The node",
    );
    node.markReady();
    for (const failure of failures) say(failure);
    if (failures.length > 0 && failures.length >= files.length && files.length > 0) {
      throw new CommandError(failures[0] ?? "");
    }
    say(`Drawing on ${found.adapter}, encoding with ${found.encoder}.`);
    noteRunning(home, { url, pid: process.pid });
    const link = `${url}/#owner=${withAccounts(home, (accounts) => accounts.ownerLink())}`;
    console.log(`Eyepiece is ready: ${link}`);
    onReady();
    if (!values["no-open"]) openBrowser(link);
    return await stop.asked;
  } catch (cause) {
    await stop.now();
    if (cause instanceof ChildFailure) throw new CommandError(cause.message);
    throw cause;
  } finally {
    stop.forget();
  }
}

/** A file, folder or address that can be opened. @throws CommandError */
function checkedFile(path: string): string {
  if (/^(https?|s3):\/\//.test(path)) return path;
  const full = resolve(path);
  if (!existsSync(full))
    throw new CommandError(`There is no ${path}: check the name, or give the full path.`);
  try {
    accessSync(full, statSync(full).isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
  } catch {
    throw new CommandError(`${path} cannot be read: ask its owner for the right to (chmod +r).`);
  }
  return full;
}

/** The person's own folder, what was asked for, and the files on the command line. */
function rootsOf(asked: readonly string[], files: readonly string[]): string[] {
  const own = asked.length > 0 ? asked.map((path) => resolve(path)) : [process.cwd()];
  return [...own, ...files.filter((path) => path.startsWith("/"))];
}

/** The machine's name, as far as a node's name may have its characters. */
function nodeName(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9._-]/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 63) || "local"
  );
}

async function health(url: string): Promise<Health | undefined> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? ((await answer.json()) as Health) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks again and again until there is an answer, the child failed, or it took too long. */
async function until<T>(
  ask: () => Promise<T>,
  failed: Promise<never>,
  what: string,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const answer = await Promise.race([ask(), failed]);
    if (answer) return answer;
    if (Date.now() > deadline) throw new CommandError(`${what} is not ready after ${READY_MS / 1000} s.`);
    await Promise.race([new Promise((done) => setTimeout(done, 50)), failed]);
  }
}

function failuresOf(message: unknown): string[] {
  if (typeof message !== "object" || message === null || !("failures" in message)) return [];
  return Array.isArray(message.failures) ? message.failures.map(String) : [];
}

/** Ends the children on Ctrl-C, kill or a closed terminal; then the kernels that have nothing to run. */
function stopper(children: readonly Supervised[], say: (line: string) => void, home: string) {
  const now = async () => {
    const deadline = Date.now() + STOP_MS;
    await Promise.all([...children].reverse().map((child) => child.stop()));
    const goOn = await retireKernels(kernelsFolder(home), deadline);
    if (goOn.length === 0) return;
    const what = goOn.length === 1 ? "1 notebook goes on running" : `${goOn.length} notebooks go on running`;
    const of = home === homeFolder() ? "" : ` --home ${home}`;
    say(
      `${what}, and will be there at the next start: eyepiece kernels list${of} shows them, eyepiece kernels stop${of} ends them.`,
    );
  };
  let settle: (code: number) => void = () => {};
  const asked = new Promise<number>((done) => {
    settle = done;
  });
  const onSignal = () => {
    say("Stopping…");
    void now().then(() => settle(0));
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.once(name, onSignal);
  const forget = () => {
    for (const name of names) process.removeListener(name, onSignal);
  };
  return { now, asked, forget };
}

/** What the children say goes to a file; it begins anew when it is long. */
function logFile(home: string): (line: string) => void {
  const file = join(home, "eyepiece.log");
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) renameSync(file, `${file}.old`);
  return (line) => appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
}

function openBrowser(link: string): void {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(opener, [link], { stdio: "ignore", detached: true });
  // Without such a program the printed address is the way.
  child.on("error", () => {});
  child.unref();
}
