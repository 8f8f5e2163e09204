/** Lends a channel to the main thread: what arrives goes into the port, what comes from the port is sent. */
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import type { ChannelDown, ChannelUp } from "./api.ts";

/** Joins the two until the channel is over. */
export function joinChannel(channel: Channel, port: MessagePort): void {
  const down = (message: ChannelDown) => port.postMessage(message);
  channel.onMessage = (bytes) => down({ type: "message", bytes });
  channel.onState = (state) => down({ type: "state", state });
  channel.onReady = () => down({ type: "pending", bytes: channel.pending });
  port.onmessage = (event: MessageEvent<ChannelUp>) => {
    const message = event.data;
    if (message.type === "close") channel.close(message.code, message.message);
    else if (channel.state !== "closed") channel.send(message.bytes);
  };
  void channel.closed.then((error) => {
    down({ type: "closed", code: error.code, message: error.message });
    port.close();
  });
}
