/** The version gate of a link: peers meet on the highest version that both speak, or part with a sentence. */
import { ChannelError } from "./errors.ts";

/** The versions that this program speaks. A change of the wire raises `PROTOCOL_MAX` and lands with its gate. */
export const PROTOCOL_MIN = 1;
export const PROTOCOL_MAX = 1;

/** The part of HELLO that the gate reads. */
export interface VersionSpan {
  readonly protocolMin?: number | null;
  readonly protocolMax?: number | null;
  readonly version?: string | null;
  readonly role?: string | null;
}

/**
 * The version to use with a peer.
 * @throws ChannelError code `refused` with words that say which side is too old and what to do.
 */
export function agreeVersion(peer: VersionSpan, ownMin = PROTOCOL_MIN, ownMax = PROTOCOL_MAX): number {
  const min = peer.protocolMin ?? 0;
  const max = peer.protocolMax ?? 0;
  const who = `${peer.role || "peer"} ${peer.version || "of unknown version"}`;
  if (max < ownMin) {
    throw new ChannelError(
      "refused",
      `This ${who} speaks protocol ${max} at most, and ${ownMin} is needed: update it, or reload the page.`,
    );
  }
  if (min > ownMax) {
    throw new ChannelError(
      "refused",
      `This ${who} needs protocol ${min} and only ${ownMax} is spoken here: update the relay.`,
    );
  }
  return Math.min(max, ownMax);
}
