/** `eyepiece node`: a GPU machine that dials out to a relay. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startNode } from "@eyepiece/gpu-node/node.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";

export const command: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      relay: { type: "string" },
      token: { type: "string" },
      "token-file": { type: "string" },
      name: { type: "string", default: hostname() },
      home: { type: "string" },
      root: { type: "string", multiple: true, default: [] },
      "allow-host": { type: "string", multiple: true, default: [] },
      fingerprint: { type: "string" },
      ca: { type: "string" },
      "memory-bytes": { type: "string" },
      "gpu-bytes": { type: "string" },
      "idle-minutes": { type: "string" },
    },
  });
  if (!values.relay)
    throw new CommandError("Which relay? Give its address: --relay https://eyepiece.example.org", 2);
  if (!URL.canParse(values.relay)) throw new CommandError(`${values.relay} is no address of a relay.`, 2);
  const token = values.token ?? fromFile(values["token-file"]) ?? process.env.EYEPIECE_NODE_TOKEN;
  if (!token) {
    throw new CommandError(
      "A node needs a token: make one at the relay with `eyepiece token create --kind node --name NAME` and give it by --token-file or EYEPIECE_NODE_TOKEN.",
      2,
    );
  }
  const bytes = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const memoryBytes = bytes(values["memory-bytes"]);
  const gpuBytes = bytes(values["gpu-bytes"]);
  const idle = bytes(values["idle-minutes"]);
  const running = await startNode({
    relay: values.relay,
    token: token.trim(),
    name: values.name,
    home: join(homeFolder(values.home), "node"),
    roots: values.root.length > 0 ? values.root.map((path) => resolve(path)) : [process.cwd()],
    allowedHosts: values["allow-host"],
    ...(values.fingerprint ? { tls: { fingerprint: values.fingerprint } } : {}),
    ...(values.ca ? { tls: { ca: resolve(values.ca) } } : {}),
    ...(memoryBytes ? { memoryBytes } : {}),
    ...(gpuBytes ? { gpuBytes } : {}),
    ...(idle ? { idleMs: idle * 60_000 } : {}),
  });
  for (const failure of running.failures) console.error(failure);
  console.error(`The node ${running.name} is up; it dials ${values.relay} and does so again after a break.`);
  await new Promise<void>((done) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => done());
  });
  await running.close();
  return 0;
};

function fromFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new CommandError(`The token file ${path} cannot be read.`);
  }
}
