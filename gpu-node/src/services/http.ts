/** The node's end of the HTTP tunnel: requests of an `http` channel go to a service on this machine's loopback. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { ProtocolError } from "@eyepiece/protocol/wire/errors.ts";
import { decodeMessage, encodeMessage, type eyepiece, node } from "@eyepiece/protocol/wire/messages.ts";
import { serveSocket } from "./http-socket.ts";

type HttpMessage = eyepiece.node.HttpMessage.$Properties;
type Header = eyepiece.node.Header.$Properties;
type Identity = eyepiece.wire.Identity.$Properties;

/** Where a service listens on 127.0.0.1; or how to reach one within this process, which nobody else can reach. */
export type ServiceAddress = { readonly port: number } | { readonly connect: () => Duplex };

/** Finds a service by name, and may start it; undefined: there is none of that name. */
export type ResolveService = (
  name: string,
  identity: Identity,
) => ServiceAddress | undefined | Promise<ServiceAddress | undefined>;

/** Bytes of an answer that may wait for the relay; beyond, the service is made to wait. */
const MAX_WAITING = 512 * 1024;

/** Serves one request. Call with a channel that was just accepted; everything ends with the channel. */
export function serveHttpChannel(channel: Channel, resolveService: ResolveService): void {
  let take: ((message: eyepiece.node.HttpMessage) => void | Promise<void>) | undefined;
  channel.onMessage = async (bytes) => {
    const message = decodeMessage(node.HttpMessage, bytes);
    if (take) {
      await take(message);
      return;
    }
    const { request } = message;
    if (!request) throw new ProtocolError("the first message of an http channel is a request");
    take = () => {};
    const identity = channel.facts.identity ?? {};
    const service = request.service ?? "";
    const address = await resolveService(service, identity);
    if (!address) {
      answer(channel, 404, "not_found", `This node has no service called ${service}.`);
      return;
    }
    const headers = headersFor(request.headers ?? [], identity);
    take = request.upgrade
      ? serveSocket(channel, { address, path: request.path || "/", headers })
      : serveRequest(channel, request, address, headers);
  };
}

function serveRequest(
  channel: Channel,
  { method, path, service }: eyepiece.node.HttpRequest.$Properties,
  address: ServiceAddress,
  headers: Record<string, string>,
): (message: eyepiece.node.HttpMessage) => Promise<void> {
  const request = httpRequest({
    host: "127.0.0.1",
    ...("port" in address ? { port: address.port } : { createConnection: address.connect }),
    method: method || "GET",
    path: path || "/",
    headers,
  });
  let answered = false;
  request.on("response", (response) => {
    answered = true;
    sendAnswer(channel, response);
  });
  request.on("error", (cause) => {
    if (channel.state === "closed") return;
    if (answered) send(channel, { end: { failure: cause.message } });
    else answer(channel, 502, "bad_gateway", `The service ${service} of this node does not answer.`);
  });
  void channel.closed.then(() => request.destroy());
  return async (message) => {
    if (message.body) await write(request, message.body);
    else if (message.end) request.end();
  };
}

/** Resolves when the service may be sent more, or is gone. */
function write(request: ClientRequest, bytes: Uint8Array): Promise<void> {
  if (request.destroyed || request.write(bytes)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      request.off("drain", done);
      request.off("close", done);
      resolve();
    };
    request.on("drain", done);
    request.on("close", done);
  });
}

function sendAnswer(channel: Channel, response: IncomingMessage): void {
  const headers: Header[] = [];
  const { rawHeaders } = response;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.push({ name: rawHeaders[i] ?? "", value: rawHeaders[i + 1] ?? "" });
  }
  send(channel, { response: { status: response.statusCode ?? 502, headers } });
  channel.onReady = () => {
    if (channel.pending <= MAX_WAITING / 2) response.resume();
  };
  response.on("data", (bytes: Buffer) => {
    send(channel, { body: bytes });
    if (channel.pending > MAX_WAITING) response.pause();
  });
  response.on("end", () => send(channel, { end: {} }));
  response.on("error", (cause) => send(channel, { end: { failure: cause.message } }));
}

/** A whole answer of the node's own. */
function answer(channel: Channel, status: number, error: string, message: string): void {
  send(channel, { response: { status, headers: [{ name: "content-type", value: "application/json" }] } });
  send(channel, { body: Buffer.from(JSON.stringify({ error, message })) });
  send(channel, { end: {} });
}

/** Headers for the service: those that came, without any that claim who asks, and who asks by the relay's word. */
function headersFor(headers: readonly Header[], identity: Identity): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const { name, value } of headers) {
    const lower = name?.toLowerCase() ?? "";
    if (!lower || lower.startsWith("x-eyepiece-") || lower === "cookie" || lower === "authorization")
      continue;
    passed[lower] = value ?? "";
  }
  passed["x-eyepiece-user"] = identity.userId ?? "";
  passed["x-eyepiece-user-name"] = encodeURIComponent(identity.name ?? "");
  passed["x-eyepiece-role"] = identity.role ?? "";
  passed["x-eyepiece-rights"] = (identity.rights ?? []).join(",");
  return passed;
}

/** Sends one message of the tunnel, if there is still someone to read it. */
export function send(channel: Channel, message: HttpMessage): void {
  if (channel.state !== "closed") channel.send(encodeMessage(node.HttpMessage, message));
}
