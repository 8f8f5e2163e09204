/**
 * The fixed header of every message on a link: 8 bytes, little-endian.
 *
 *     0..3  channel id (u32); 0 is the link itself; ids belong to one hop
 *     4..5  kind (u16)
 *     6..7  flags (u16)
 */
import { ProtocolError } from "./errors.ts";

export const HEADER_BYTES = 8;

/** Most payload bytes of one DATA message. */
export const MAX_DATA = 64 * 1024;
/** Most payload bytes of any other message. */
export const MAX_CONTROL = 64 * 1024;
/** Most bytes of one message as WebSocket sees it. */
export const MAX_MESSAGE = HEADER_BYTES + MAX_DATA;
/** Most bytes of one application message, which travels as several DATA: a whole lossless 4K picture fits. */
export const MAX_ASSEMBLED = 64 * 1024 * 1024;

/** What a message is. */
export const Kind = {
  HELLO: 1,
  OPEN: 2,
  ACCEPT: 3,
  REJECT: 4,
  DATA: 5,
  CREDIT: 6,
  RESUME: 7,
  CLOSE: 8,
  PING: 9,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Flags of DATA. */
export const DataFlag = {
  /** The last DATA of an application message. */
  END: 1,
} as const;
/** Flags of PING. */
export const PingFlag = { ANSWER: 1 } as const;

export interface Header {
  readonly channel: number;
  readonly kind: Kind;
  readonly flags: number;
}

/** Reads a header and checks kind and length. @throws ProtocolError */
export function readHeader(message: Uint8Array): Header {
  if (message.byteLength < HEADER_BYTES) {
    throw new ProtocolError(`a message of ${message.byteLength} bytes is shorter than its header`);
  }
  if (message.byteLength > MAX_MESSAGE) {
    throw new ProtocolError(`a message of ${message.byteLength} bytes is longer than ${MAX_MESSAGE}`);
  }
  const view = new DataView(message.buffer, message.byteOffset, HEADER_BYTES);
  const kind = view.getUint16(4, true);
  if (kind < Kind.HELLO || kind > Kind.PING) throw new ProtocolError(`no message kind ${kind}`);
  return { channel: view.getUint32(0, true), kind: kind as Kind, flags: view.getUint16(6, true) };
}

/** Writes a header into the first 8 bytes of `target`. */
export function writeHeader(target: Uint8Array, channel: number, kind: Kind, flags = 0): void {
  const view = new DataView(target.buffer, target.byteOffset, HEADER_BYTES);
  view.setUint32(0, channel, true);
  view.setUint16(4, kind, true);
  view.setUint16(6, flags, true);
}

/** Gives a message another channel id, in place: all that a switch does to it. */
export function rewriteChannel(message: Uint8Array, channel: number): void {
  new DataView(message.buffer, message.byteOffset, HEADER_BYTES).setUint32(0, channel, true);
}

/** A whole message: header and payload in one new array. */
export function frameMessage(
  channel: number,
  kind: Kind,
  payload: Uint8Array,
  flags = 0,
): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEADER_BYTES + payload.byteLength);
  writeHeader(message, channel, kind, flags);
  message.set(payload, HEADER_BYTES);
  return message;
}

/** The payload of a message, without copying. */
export function payloadOf(message: Uint8Array): Uint8Array {
  return message.subarray(HEADER_BYTES);
}

/** CREDIT: two absolute byte offsets (frames on pixel channels), so that repeating or losing one does no harm. */
export interface Credit {
  /** All payload bytes up to here have arrived; the acknowledgement. */
  readonly received: number;
  /** The other side may send up to here. */
  readonly limit: number;
}

/** Encodes the 16 bytes of a CREDIT. */
export function encodeCredit(credit: Credit): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(credit.received), true);
  view.setBigUint64(8, BigInt(credit.limit), true);
  return bytes;
}

/** Decodes a CREDIT. @throws ProtocolError when it is not 16 bytes or not exact as a number. */
export function decodeCredit(payload: Uint8Array): Credit {
  if (payload.byteLength !== 16) throw new ProtocolError(`CREDIT has ${payload.byteLength} bytes, not 16`);
  const view = new DataView(payload.buffer, payload.byteOffset, 16);
  const received = Number(view.getBigUint64(0, true));
  const limit = Number(view.getBigUint64(8, true));
  if (!Number.isSafeInteger(received) || !Number.isSafeInteger(limit)) {
    throw new ProtocolError("CREDIT has an offset beyond 2^53");
  }
  return { received, limit };
}
