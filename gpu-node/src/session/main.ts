/** The process of one session: scene, GPU and encoder of its own, so that what goes wrong here goes wrong here only. */
import type { FromSession, ToSession } from "./ipc.ts";
import { Session } from "./session.ts";

function send(message: FromSession): void {
  if (process.connected) process.send?.(message);
}

let session: Promise<Session> | undefined;

/** Says what happened where the node can read it, and ends: the node starts another process from the journal. */
function fail(cause: unknown): void {
  const reason = cause instanceof Error ? cause.message : String(cause);
  console.error(cause);
  send({ type: "failed", reason });
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 50);
}

process.on("message", (raw: unknown) => {
  const message = raw as ToSession;
  if (message.type === "begin") {
    session = Session.begin(message, send);
    session.catch(fail);
  } else if (message.type === "end") {
    const ended = session?.then((running) => running.dispose());
    Promise.resolve(ended).then(() => process.exit(0), fail);
  } else session?.then((running) => running.receive(message)).catch(fail);
});
// The node is gone, however it went: nobody is left to draw for, and the journal is complete.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
