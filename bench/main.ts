/** `npm run bench -- viewer|notebook|engine|relay|chat|trainer|flows|peers [--json]`: each benchmark is a program of its own, in a fresh process. */
import { spawn } from "node:child_process";
import { join } from "node:path";

const BENCHES = ["viewer", "notebook", "engine", "relay", "chat", "trainer", "flows", "peers"] as const;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const chosen =
    name === undefined || name.startsWith("-") ? ["engine", "relay", "viewer", "notebook"] : [name];
  const options = name?.startsWith("-") ? argv : rest;
  for (const bench of chosen) {
    if (!BENCHES.some((known) => known === bench)) {
      console.error(`There is no benchmark ${bench}: ${BENCHES.join(", ")}.`);
      return 2;
    }
    const child = spawn(process.execPath, [join(import.meta.dirname, `${bench}.ts`), ...options], {
      stdio: "inherit",
    });
    const code = await new Promise<number>((done) => child.on("exit", (status) => done(status ?? 1)));
    if (code !== 0) return code;
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
