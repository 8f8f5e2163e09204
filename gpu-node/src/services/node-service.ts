/** The `node` service: sessions and folders, asked for by people with an account. */
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { decodeMessage, encodeMessage, type eyepiece, node } from "@eyepiece/protocol/wire/messages.ts";
import { callerOf } from "../sessions/joining.ts";
import type { GpuLedger } from "../sessions/ledger.ts";
import type { SessionManager } from "../sessions/manager.ts";
import { listFolder, readNotebook } from "./folders.ts";

/** What a node tells of itself. */
export interface NodeDescription {
  readonly name: string;
  readonly adapter: string;
  readonly adapterKind: string;
  readonly encoder: string;
  readonly version: string;
  readonly samples: readonly eyepiece.node.Sample.$Properties[];
}

export interface NodeServiceOptions {
  readonly sessions: SessionManager;
  readonly roots: readonly string[];
  readonly ledger: GpuLedger;
  readonly description: NodeDescription;
}

/** Serves one channel of requests. */
export function serveNode(incoming: IncomingChannel, options: NodeServiceOptions): void {
  const caller = callerOf(incoming.facts.identity);
  const channel = incoming.accept();
  const answer = async (request: eyepiece.node.NodeRequest): Promise<eyepiece.node.NodeReply.$Properties> => {
    if (request.listSessions) return { sessions: { sessions: options.sessions.list(caller) } };
    if (request.describe) {
      return {
        facts: {
          ...options.description,
          samples: [...options.description.samples],
          ledgerJson: JSON.stringify(options.ledger.report()),
        },
      };
    }
    if (request.listFolder) return { folder: await listFolder(options.roots, request.listFolder.path ?? "") };
    if (request.readFile) return { file: await readNotebook(options.roots, request.readFile.path ?? "") };
    if (!caller.rights.includes("edit")) throw new ChannelError("forbidden", "This needs the right to edit.");
    if (request.createSession) {
      const session = options.sessions.create(request.createSession.title ?? "", caller.userId);
      for (const uri of request.createSession.open ?? [])
        await options.sessions.open(session.session ?? "", uri);
      return { session };
    }
    if (request.endSession) {
      await options.sessions.remove(request.endSession.session ?? "", caller);
      return { sessions: { sessions: options.sessions.list(caller) } };
    }
    throw new ChannelError("invalid", "The request is none that this node knows; the page may be newer.");
  };
  channel.onMessage = async (bytes) => {
    const request = decodeMessage(node.NodeRequest, bytes, 1 << 20);
    const reply = await answer(request).catch((cause: unknown) => ({
      failure: {
        code: cause instanceof ChannelError ? cause.code : "failed",
        message: cause instanceof Error ? cause.message : String(cause),
      },
    }));
    if (channel.state !== "closed") {
      channel.send(encodeMessage(node.NodeReply, { ...reply, replyTo: request.id }));
    }
  };
}
