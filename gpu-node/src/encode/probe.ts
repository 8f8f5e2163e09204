/** Which encoder this machine has. */
import { VideoEncoder } from "./video-encoder.ts";

/** The name of the encoder that sessions get, found by opening one. @throws EncodeError when there is none */
export async function encoderName(): Promise<string> {
  const encoder = await VideoEncoder.open({ width: 640, height: 480, bitrate: 4_000_000 });
  const { name } = encoder.candidate;
  await encoder[Symbol.asyncDispose]();
  return name;
}
