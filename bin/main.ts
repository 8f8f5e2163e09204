/** Finds the command, runs it, and turns what goes wrong into one sentence and an exit code. */
import { join } from "node:path";
import { type Command, CommandError } from "./command.ts";
import { readEnvFile } from "./env-file.ts";

const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  up: () => import("./commands/up.ts"),
  relay: () => import("./commands/relay.ts"),
  node: () => import("./commands/node.ts"),
  token: () => import("./commands/token.ts"),
  user: () => import("./commands/user.ts"),
  "owner-link": () => import("./commands/owner-link.ts"),
  open: () => import("./commands/open.ts"),
  kernels: () => import("./commands/kernels.ts"),
  run: () => import("./commands/run.ts"),
  render: () => import("./commands/render.ts"),
  doctor: () => import("./commands/doctor.ts"),
  trainer: () => import("./commands/trainer.ts"),
  flows: () => import("./commands/flows.ts"),
  bench: () => import("./commands/bench.ts"),
};

const USAGE = `eyepiece: a browser tab in front of a GPU machine

  up [FILE...]              relay and node on this machine [--port N] [--home DIR] [--no-open]
  relay                     the relay alone [--host H] [--port N] [--tls-cert F --tls-key F | --tls self-signed]
  node --relay URL          a node alone [--token T | --token-file F] [--name N] [--root DIR]...
  token create              --kind node|api --name N: makes a token and prints it
  user create|list|role|disable|enable|reset-password [NAME]
                            accounts; a password comes from standard input
  owner-link                prints a new one-time sign-in link for the owner
  open FILE...              opens data in the running Eyepiece
  run NOTEBOOK.ipynb --out F.ipynb
                            runs a notebook from its first cell to its last
                            [--timeout S] [--kernel NAME] [--allow-errors]
  kernels list|stop [NOTEBOOK...]
                            kernels of notebooks on this machine, also while Eyepiece does not run
  render SCENE --out F.png  draws a scene without a browser
  trainer serve|key         for programs that train and ask models [--config config.yaml] [--port N];
                            key prints a key for OpenAI's API on this machine
  flows start|stop|status|deploy|spool|serve
                            Ray, services and the agent of flows; serve --reload MODULE:APP while one is written
  doctor                    what was found here, and what to do about what was not
  bench [viewer|engine|relay] [--json]

Settings: EYEPIECE_PORT, EYEPIECE_HOME (default ~/.eyepiece), EYEPIECE_GPU, EYEPIECE_ENCODER, EYEPIECE_NODE_TOKEN,
EYEPIECE_FLOWS_* (docs/flows.md); also from a file .env in this folder.`;

async function main(argv: readonly string[]): Promise<number> {
  const [name = "up", ...args] = argv;
  if (name === "help" || name === "--help" || name === "-h") {
    console.log(USAGE);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new CommandError(`There is no command ${name}. eyepiece --help lists them.`, 2);
  readEnvFile(join(process.cwd(), ".env"), process.env);
  const { command } = await load();
  return command(args);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof CommandError) {
      console.error(error.message);
      process.exitCode = error.code;
    } else if (
      error instanceof TypeError &&
      "code" in error &&
      String(error.code).startsWith("ERR_PARSE_ARGS")
    ) {
      console.error(`${error.message} eyepiece --help lists the options.`);
      process.exitCode = 2;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  },
);
