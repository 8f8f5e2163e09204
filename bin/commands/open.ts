/** `eyepiece open FILE...`: shows data in the Eyepiece that runs on this machine. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { connectRelay } from "@eyepiece/gpu-node/link/connect.ts";
import { decodeMessage, encodeMessage, node } from "@eyepiece/protocol/wire/messages.ts";
import { type Command, CommandError, homeFolder } from "../command.ts";
import { localToken, readRunning } from "../local.ts";

export const command: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { home: { type: "string" }, title: { type: "string", default: "" } },
  });
  if (positionals.length === 0) throw new CommandError("Which file? eyepiece open FILE...", 2);
  const open = positionals.map((path) => {
    if (/^(https?|s3):\/\//.test(path)) return path;
    if (!existsSync(path))
      throw new CommandError(`There is no ${path}: check the name, or give the full path.`);
    return resolve(path);
  });
  const home = homeFolder(values.home);
  const running = readRunning(home);
  if (!running) throw new CommandError("No Eyepiece runs here: start one with `eyepiece up`.");
  const token = await localToken(home, "api", "command-line");
  const connection = await connectRelay({ relayUrl: running.url, token }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      `The Eyepiece at ${running.url} does not answer (${why}): start it with \`eyepiece up\`.`,
    );
  });
  try {
    const channel = connection.link.open({ service: "node" });
    const answer = new Promise<Uint8Array>((done) => {
      channel.onMessage = done;
    });
    const title = values.title || open.map((path) => path.split("/").at(-1)).join(", ");
    channel.send(encodeMessage(node.NodeRequest, { id: 1, createSession: { title, open } }));
    const ended = channel.closed.then((error) => {
      throw new CommandError(error.message);
    });
    const reply = decodeMessage(node.NodeReply, await Promise.race([answer, ended]));
    if (reply.failure) throw new CommandError(reply.failure.message ?? "The node could not open it.");
    console.log(`${running.url}/view/${reply.session?.session}`);
    return 0;
  } finally {
    connection.close();
  }
};
