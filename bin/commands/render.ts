/** `eyepiece render SCENE_DIR --out F.png`: 0 done, 1 failed, 2 a kind of layer that is not built. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gpuEnvironment } from "@eyepiece/gpu-node/gpu/environment.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: "string" }, home: { type: "string" } },
  });
  const [scene] = positionals;
  if (!scene || positionals.length > 1 || !values.out) {
    throw new CommandError("Use: eyepiece render SCENE_DIR --out FILE.png", 1);
  }
  // The driver is chosen by variables that must be set before a process starts.
  const { env } = await gpuEnvironment(join(homeFolder(values.home), "node", "gpu"));
  const program = resolve(import.meta.dirname, "../../gpu-node/src/render/main.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, scene, values.out],
    {
      stdio: "inherit",
      env: { ...process.env, ...env },
    },
  );
  return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
};
