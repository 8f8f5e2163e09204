/** What a link needs of a socket. WebSocket of browsers and of npm `ws` both have it. */
export interface Transport {
  /** Queues one binary message in the socket. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Bytes queued in the socket and not yet written. */
  readonly bufferedAmount: number;
  close(code?: number, reason?: string): void;
}

/** Bytes that a link lets wait in its socket; the rest waits in channels, where newer can overtake older. */
export const SOCKET_BUFFER = 256 * 1024;

/** The order in which channels of one link are served; lower first. */
export const Priority = { CONTROL: 0, PIXELS: 1, KERNEL: 2, BULK: 3 } as const;
export type Priority = (typeof Priority)[keyof typeof Priority];
