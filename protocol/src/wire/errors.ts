/** What came over the wire is not the protocol: the only error that decoding throws. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** A channel that ended, or never opened: a code for programs, a sentence for people. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
