/** Messages on the unix socket between keeper and node: kernel messages, each behind its length as a little-endian u32. */
import type { Socket } from "node:net";
import {
  decodeKernel,
  encodeKernel,
  type Framed,
  type KernelEvent,
  type KernelRequest,
  MAX_KERNEL_MESSAGE,
} from "@eyepiece/protocol/kernel/messages.ts";

/** What only node and keeper say to each other. */
export type KeeperRequest =
  | KernelRequest
  /** Whether somebody looks: meters are read only then. */
  | { readonly type: "watch"; readonly on: boolean }
  /** Ends kernel and keeper unless something runs or waits; the answer says whether: `{retired}`. */
  | { readonly type: "retire" };
export type KeeperEvent =
  | KernelEvent
  /** Everything that a node which just came has to know was sent. */
  | { readonly type: "present" };

/** Writes one message. @returns false when the socket's buffer is full */
export function writeFrame(
  socket: Socket,
  message: KeeperRequest | KeeperEvent,
  id = 0,
  buffers: readonly Uint8Array[] = [],
): boolean {
  const body = encodeKernel(message as KernelRequest, id, buffers);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.byteLength);
  socket.cork();
  socket.write(head);
  const room = socket.write(body);
  socket.uncork();
  return room;
}

/** Calls `handle` for each whole message; a peer that sends nonsense is cut off. */
export function readFrames<T extends KeeperRequest | KeeperEvent>(
  socket: Socket,
  handle: (framed: Framed<T>) => void,
): void {
  let parts: Buffer[] = [];
  let have = 0;
  socket.on("data", (bytes: Buffer) => {
    parts.push(bytes);
    have += bytes.byteLength;
    while (have >= 4) {
      const first = parts[0];
      if (!first || first.byteLength < 4) parts = [Buffer.concat(parts)];
      const size = parts[0]?.readUInt32LE(0) ?? 0;
      if (size > MAX_KERNEL_MESSAGE) {
        socket.destroy(new Error(`a message of ${size} bytes`));
        return;
      }
      if (have < 4 + size) return;
      const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      parts = whole.byteLength > 4 + size ? [whole.subarray(4 + size)] : [];
      have -= 4 + size;
      try {
        handle(decodeKernel(whole.subarray(4, 4 + size)) as unknown as Framed<T>);
      } catch (cause) {
        socket.destroy(cause instanceof Error ? cause : new Error(String(cause)));
        return;
      }
    }
  });
}
