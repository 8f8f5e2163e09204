/** `eyepiece flows`: Ray, services and the agent of the Eyepiece that runs here; and a service that is being written. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Command, CommandError, homeFolder, portNumber } from "../command.ts";
import { Panel } from "../flows/panel.ts";
import { serve } from "../flows/serve.ts";
import { up } from "./up.ts";

const USAGE = `Use: eyepiece flows start [--address HOST:PORT]   Ray for runs that ask for resources; Eyepiece too where it does not run
     eyepiece flows stop                          ends Ray; runs that hold its resources end
     eyepiece flows status                        how Ray, the agent and the services are
     eyepiece flows deploy [NAME] [--force]       starts all services, or imports one anew
     eyepiece flows spool --start|--stop|--status the agent that runs are in
     eyepiece flows serve [--reload] [--name N] MODULE:APP
                                                  exposes a service from this folder until Ctrl-C`;
const LOOK_MS = 500;

interface Wish {
  readonly home: string;
  readonly positionals: readonly string[];
  readonly values: {
    readonly address?: string | undefined;
    readonly name?: string | undefined;
    readonly port?: string | undefined;
    readonly force: boolean;
    readonly reload: boolean;
    readonly start: boolean;
    readonly stop: boolean;
    readonly status: boolean;
  };
}

export const command: Command = async ([verb = "", ...args]) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      home: { type: "string" },
      address: { type: "string" },
      name: { type: "string" },
      port: { type: "string" },
      force: { type: "boolean", default: false },
      reload: { type: "boolean", default: false },
      start: { type: "boolean", default: false },
      stop: { type: "boolean", default: false },
      status: { type: "boolean", default: false },
    },
  });
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!run) throw new CommandError(USAGE, 2);
  return run({ home: homeFolder(values.home), positionals, values });
};

const VERBS: Readonly<Record<string, ((wish: Wish) => Promise<number>) | undefined>> = {
  async start({ home, values }) {
    const running = await Panel.of(home);
    if (running) {
      await startRay(running, values.address);
      return 0;
    }
    return withEyepiece(home, values.port, (panel) => startRay(panel, values.address));
  },

  async stop({ home }) {
    const panel = await Panel.running(home);
    const { state } = (await panel.ask("POST", "/ray/stop")) as { state: string };
    console.log(`Ray: ${state}`);
    return 0;
  },

  async status({ home }) {
    const panel = await Panel.running(home);
    console.log(JSON.stringify(await panel.ask("GET", "/health"), undefined, 2));
    return 0;
  },

  async deploy({ home, positionals: [name], values }) {
    const panel = await Panel.running(home);
    const path = name === undefined ? `/boot?force=${values.force}` : `/boot/refresh/${name}`;
    const last = await panel.follow("POST", path, (line) => console.log(line));
    return last.startsWith("✔") ? 0 : 1;
  },

  async spool({ home, values: { start, stop, status } }) {
    if ([start, stop, status].filter(Boolean).length !== 1) throw new CommandError(USAGE, 2);
    const panel = await Panel.running(home);
    const told = status
      ? ((await panel.ask("GET", "/health")) as { spooler_status: unknown }).spooler_status
      : await panel.ask("POST", start ? "/spooler/start" : "/spooler/stop");
    console.log(JSON.stringify(told));
    return 0;
  },

  async serve({ home, positionals: [importPath = ""], values }) {
    const [, module = ""] = /^([A-Za-z_][A-Za-z0-9_.]*):[A-Za-z_][A-Za-z0-9_.]*$/.exec(importPath) ?? [];
    if (module === "")
      throw new CommandError(`Which service? Name its module and app, for example hymn:app.\n${USAGE}`, 2);
    const name = values.name ?? module.split(".").at(-1)?.toLowerCase().replace(/^_+/, "") ?? "";
    const served = { name, importPath, folder: process.cwd(), reload: values.reload };
    const end = new AbortController();
    const running = await Panel.of(home);
    if (!running) return withEyepiece(home, values.port, (panel) => serve(panel, served, end.signal));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
    await serve(running, served, end.signal);
    return 0;
  },
};

/** Starts Eyepiece, does something when it is ready, and stays until it is ended. */
async function withEyepiece(
  home: string,
  port: string | undefined,
  work: (panel: Panel) => Promise<void>,
): Promise<number> {
  const failed = Promise.withResolvers<never>();
  const args = ["--no-open", "--home", home, "--port", String(portNumber(port))];
  const ended = up(args, () => {
    Panel.running(home).then(work).catch(failed.reject);
  });
  return Promise.race([ended, failed.promise]);
}

/** Has Ray, and tells what is done meanwhile: the first time its packages are fetched. */
async function startRay(panel: Panel, address: string | undefined): Promise<void> {
  const end = new AbortController();
  let said = "";
  const tell = async () => {
    while (!end.signal.aborted) {
      const { state, message } = (await panel.ask("GET", "/ray")) as { state: string; message: string };
      const line = message || state;
      if (line !== said && state !== "off") console.error(line);
      said = line;
      await sleep(LOOK_MS);
    }
  };
  const telling = tell().catch(() => {});
  try {
    const status = (await panel.ask("POST", "/ray/start", address === undefined ? {} : { address })) as {
      version: string;
      address: string;
      network: string;
      machines: readonly { cpus: number; gpus: number }[];
    };
    const sum = (what: "cpus" | "gpus") => status.machines.reduce((all, one) => all + one[what], 0);
    console.log(
      `Ray ${status.version} at ${status.address}: ${status.machines.length} machine(s), ${sum("cpus")} CPUs, ${sum("gpus")} GPUs, network ${status.network}.`,
    );
  } finally {
    end.abort();
    await telling;
  }
}
