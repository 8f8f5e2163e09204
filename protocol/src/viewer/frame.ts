/** A picture of a pixel channel: u32 length of the head (little-endian), FrameHead, the picture's bytes. */
import { ProtocolError } from "../wire/errors.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "../wire/messages.ts";

type FrameHead = eyepiece.viewer.FrameHead.$Properties;

/** Most bytes of a head. */
const MAX_HEAD = 16 * 1024;

/** Joins head and picture into the message of a pixel channel. */
export function encodeFrame(head: FrameHead, picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const headBytes = encodeMessage(viewer.FrameHead, head);
  const message = new Uint8Array(4 + headBytes.byteLength + picture.byteLength);
  new DataView(message.buffer).setUint32(0, headBytes.byteLength, true);
  message.set(headBytes, 4);
  message.set(picture, 4 + headBytes.byteLength);
  return message;
}

/** Parts a message into head and picture (a view, not a copy). @throws ProtocolError */
export function decodeFrame(message: Uint8Array): { head: eyepiece.viewer.FrameHead; picture: Uint8Array } {
  if (message.byteLength < 4) throw new ProtocolError("a frame has at least 4 bytes");
  const length = new DataView(message.buffer, message.byteOffset, 4).getUint32(0, true);
  if (length > MAX_HEAD || 4 + length > message.byteLength) {
    throw new ProtocolError(`a frame's head of ${length} bytes does not fit its ${message.byteLength}`);
  }
  const head = decodeMessage(viewer.FrameHead, message.subarray(4, 4 + length), MAX_HEAD);
  return { head, picture: message.subarray(4 + length) };
}
