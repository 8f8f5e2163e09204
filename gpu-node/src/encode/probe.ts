/** Which encoder this machine has. */
import { CANDIDATES, candidates, type EncoderCandidate } from "./candidates.ts";
import { VideoEncoder } from "./video-encoder.ts";

let found: Promise<readonly EncoderCandidate[]> | undefined;

/**
 * The encoders to open, the best that works here first and the one on the CPU to fall back on. Tried once a process:
 * trying loads drivers, which takes time and can disturb a GPU in use.
 * @throws EncodeError when there is none
 */
export function workingEncoders(): Promise<readonly EncoderCandidate[]> {
  found ??= find();
  return found;
}

async function find(): Promise<readonly EncoderCandidate[]> {
  const all = candidates();
  const encoder = await VideoEncoder.open({ width: 640, height: 480, bitrate: 4_000_000 }, all);
  const best = encoder.candidate;
  await encoder[Symbol.asyncDispose]();
  return [best, ...CANDIDATES.filter((one) => !one.hardware && one !== best)];
}

/** The name of the encoder that sessions get. @throws EncodeError when there is none */
export async function encoderName(): Promise<string> {
  return (await workingEncoders())[0]?.name ?? "none";
}
