/** The worker's entry: one link, its channels, and the streams of views. */
import { Link } from "@eyepiece/protocol/wire/link.ts";
import { PROTOCOL_MAX, PROTOCOL_MIN } from "@eyepiece/protocol/wire/version.ts";
import * as Comlink from "comlink";
import { ViewStream } from "../viewer/worker/view-stream.ts";
import type { LinkStatus, WorkerApi } from "./api.ts";
import { joinChannel } from "./channel-port.ts";
import { LinkSocket } from "./socket.ts";

/** This program's version, for people who read the relay's log. */
const VERSION = "0.1.0";

let socket: LinkSocket | undefined;
const link = new Link({
  hello: () => ({
    protocolMin: PROTOCOL_MIN,
    protocolMax: PROTOCOL_MAX,
    version: VERSION,
    role: "browser",
  }),
  onState: (state, reason) => socket?.linkChanged(state, reason),
});

const api: WorkerApi = {
  connect(address: string, report: (status: LinkStatus) => void): void {
    if (!socket) socket = new LinkSocket(link, address, report);
  },
  retry: () => socket?.retry(),
  openChannel: (request, port) => joinChannel(link.open(request), port),
  openView: (request, port) => {
    new ViewStream(link, request, port);
  },
};
Comlink.expose(api);
