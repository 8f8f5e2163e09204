/** One who has a notebook open, and what they are told. */

/** First number of a binary message. */
export const Message = { SYNC: 0, AWARENESS: 1 } as const;

/** One who has the notebook open. */
export interface Member {
  readonly userId: string;
  /** Whether their updates are taken. */
  readonly mayEdit: boolean;
  /** Bytes that wait for them. */
  readonly buffered: number;
  /** Sends a binary message; the bytes are copied. */
  send(message: Uint8Array): void;
  /** Sends a text message. */
  tell(message: RoomNotice): void;
  /** Ends the connection. */
  end(code: number, reason: string): void;
}

/** What the relay says in text. */
export type RoomNotice =
  | { readonly type: "rights"; readonly rights: readonly string[] }
  | { readonly type: "execution"; readonly [field: string]: unknown }
  /** Something was said, or is settled: ask for it. */
  | { readonly type: "comments" }
  | { readonly type: "renamed"; readonly name: string }
  | { readonly type: "saved"; readonly at: number }
  | { readonly type: "revoked" }
  | { readonly type: "error"; readonly message: string };

/** Close codes of a notebook's socket. */
export const RoomClose = {
  /** The right is gone, or the notebook: there is nothing to come back to. */
  REVOKED: 4001,
  /** What came is not the protocol. */
  PROTOCOL: 4002,
  NO_RIGHT: 4003,
  /** Come back in a while. */
  TRY_AGAIN: 1013,
} as const;
