/** Which H.264 encoders there are, in the order in which they are tried, and the options that make each of them prompt. */
import type { FFVideoEncoder } from "node-av/constants";

/** Bits per second and the size of a picture: what an encoder is opened with. */
export interface EncodeRate {
  readonly width: number;
  readonly height: number;
  /** Ceiling, bits per second. */
  readonly bitrate: number;
}

export interface EncoderCandidate {
  readonly name: "h264_nvenc" | "h264_vaapi" | "h264_vulkan" | "libx264";
  readonly hardware: boolean;
  /** Frames live in the device's memory and are uploaded first. */
  readonly device: "vaapi" | "vulkan" | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * The candidates. Every option serves one end: a picture in, its packet out, nothing held back; and a keyframe only when
 * somebody needs one.
 */
export const CANDIDATES: readonly EncoderCandidate[] = [
  {
    name: "h264_nvenc",
    hardware: true,
    device: undefined,
    options: {
      preset: "p1",
      tune: "ull",
      rc: "cbr",
      delay: "0",
      zerolatency: "1",
      surfaces: "1",
      "forced-idr": "1",
    },
  },
  { name: "h264_vaapi", hardware: true, device: "vaapi", options: { async_depth: "1", rc_mode: "CBR" } },
  { name: "h264_vulkan", hardware: true, device: "vulkan", options: { async_depth: "1", tune: "ull" } },
  {
    name: "libx264",
    hardware: false,
    device: undefined,
    // A quality, capped by the rate: a still scene costs little and a busy one no more than the network has.
    options: { preset: "ultrafast", tune: "zerolatency", crf: "20", "forced-idr": "1", aud: "0" },
  },
];

/** The candidates to try: all, or the one that EYEPIECE_ENCODER names. */
export function candidates(forced = process.env.EYEPIECE_ENCODER): readonly EncoderCandidate[] {
  if (!forced) return CANDIDATES;
  const chosen = CANDIDATES.filter((candidate) => candidate.name === forced);
  if (chosen.length === 0) {
    const names = CANDIDATES.map((candidate) => candidate.name).join(", ");
    throw new Error(`EYEPIECE_ENCODER is ${forced}; it can be one of ${names}.`);
  }
  return chosen;
}

/** FFmpeg's type for the name. */
export function ffmpegName(candidate: EncoderCandidate): FFVideoEncoder {
  return candidate.name as FFVideoEncoder;
}
