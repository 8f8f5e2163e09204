/**
 * Decoded messages as they are. The generated types let every field be absent; a decoded message has its default for
 * each scalar and list, and lacks only messages that were not sent.
 */
import { decodeMessage, type eyepiece, node, viewer } from "@eyepiece/protocol/wire/messages.ts";

/** A message type as decoding leaves it. */
export type Decoded<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Decoded<NonNullable<Item>>[]
    : T extends object
      ? { readonly [Key in keyof T]-?: Field<NonNullable<T[Key]>> }
      : T;
type Field<T> = T extends Uint8Array | readonly unknown[]
  ? Decoded<T>
  : T extends object
    ? Decoded<T> | null | undefined
    : T;

export type ViewerEvent = Decoded<eyepiece.viewer.ViewerEvent.$Properties>;
export type NodeReply = Decoded<eyepiece.node.NodeReply.$Properties>;

/** @throws ProtocolError */
export function decodeEvent(bytes: Uint8Array): ViewerEvent {
  return decodeMessage(viewer.ViewerEvent, bytes) as ViewerEvent;
}

/** @throws ProtocolError */
export function decodeReply(bytes: Uint8Array): NodeReply {
  return decodeMessage(node.NodeReply, bytes) as NodeReply;
}
