/** The protobuf messages, encoded and decoded with the protocol's own error and limits. */
import { eyepiece } from "../generated/messages.js";
import { ProtocolError } from "./errors.ts";

/** Messages of links, of the viewer service and of a node's services. */
export const { wire, viewer, node } = eyepiece;
export type { eyepiece } from "../generated/messages.js";

/** What the generated classes have in common. */
interface MessageType<Properties, Decoded> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Decoded;
}

/** Most bytes that `decodeMessage` takes unless told otherwise. */
export const MAX_ENCODED = 16 * 1024 * 1024;

/** Encodes a message. */
export function encodeMessage<Properties, Decoded>(
  type: MessageType<Properties, Decoded>,
  message: Properties,
): Uint8Array {
  return type.encode(message).finish();
}

/**
 * Decodes a message.
 * @throws ProtocolError for bytes that are not one, or more of them than `limit`.
 */
export function decodeMessage<Properties, Decoded>(
  type: MessageType<Properties, Decoded>,
  bytes: Uint8Array,
  limit = MAX_ENCODED,
): Decoded {
  if (bytes.byteLength > limit) {
    throw new ProtocolError(`a message of ${bytes.byteLength} bytes is longer than ${limit}`);
  }
  try {
    return type.decode(bytes);
  } catch (cause) {
    throw new ProtocolError("the bytes are not this message", { cause });
  }
}
