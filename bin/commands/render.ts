/** `eyepiece render SCENE --out F.png`, of a scene file (`.eyepiece.json`) or a scene's folder: 0 done, 1 failed, 2 a kind of layer that is not built. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gpuEnvironment } from "@eyepiece/gpu-node/gpu/environment.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      home: { type: "string" },
      size: { type: "string", default: "" },
      scale: { type: "string", default: "1" },
    },
  });
  const [scene] = positionals;
  if (!scene || positionals.length > 1 || !values.out) {
    throw new CommandError(
      "Use: eyepiece render SCENE.eyepiece.json --out FILE.png [--size WIDTHxHEIGHT] [--scale FACTOR]",
      1,
    );
  }
  if (values.size !== "" && !/^[1-9]\d{0,4}x[1-9]\d{0,4}$/.test(values.size))
    throw new CommandError(`--size is WIDTHxHEIGHT in pixels, such as 1280x720, not ${values.size}.`, 1);
  if (!(Number(values.scale) > 0 && Number(values.scale) <= 1000))
    throw new CommandError(`--scale is a factor above 0, not ${values.scale}.`, 1);
  // The driver is chosen by variables that must be set before a process starts.
  const { env } = await gpuEnvironment(join(homeFolder(values.home), "node", "gpu"));
  const program = resolve(import.meta.dirname, "../../gpu-node/src/render/main.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, scene, values.out, values.size, values.scale],
    {
      stdio: "inherit",
      env: { ...process.env, ...env },
    },
  );
  return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
};
