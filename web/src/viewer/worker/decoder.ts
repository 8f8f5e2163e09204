/** Bytes to pictures: H.264 by WebCodecs, exact stills by the browser's PNG reader without colour conversion. */
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import { viewer } from "@eyepiece/protocol/wire/messages.ts";

type FrameHead = eyepiece.viewer.FrameHead;

/** A decoded picture; whoever has it closes `image`. */
export interface Picture {
  readonly image: VideoFrame | ImageBitmap;
  readonly head: FrameHead;
  readonly bytes: number;
  readonly arrived: number;
  readonly decoded: number;
  /** It was drawn in this page, and nobody waits for its acknowledgement. */
  readonly here?: boolean;
}

interface Waiting {
  readonly head: FrameHead;
  readonly bytes: number;
  readonly arrived: number;
}

export interface DecoderOptions {
  readonly onPicture: (picture: Picture) => void;
  /** A picture will not come: it was dropped, or could not be read. */
  readonly onDropped: () => void;
  /** The chain is broken: ask for a keyframe. */
  readonly onBroken: (reason: string) => void;
  readonly now: () => number;
}

/** Whether this browser, in this context, can decode video at all. */
export function canDecode(): boolean {
  return typeof VideoDecoder === "function";
}

/** Decodes the frames of one channel, in their order. */
export class FrameDecoder {
  readonly #options: DecoderOptions;
  #decoder: VideoDecoder | undefined;
  #codec = "";
  #needsKey = true;
  readonly #waiting = new Map<number, Waiting>();

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  /** Takes one picture's bytes, which must not change. */
  push(head: FrameHead, picture: Uint8Array, arrived: number): void {
    const waiting = { head, bytes: picture.byteLength, arrived };
    if (head.picture === viewer.Picture.PNG) {
      void this.#still(waiting, picture);
      return;
    }
    if (this.#needsKey && !head.key) {
      this.#options.onDropped();
      this.#options.onBroken("a picture came without the one before it");
      return;
    }
    try {
      if (head.key && head.codec !== "") this.#configure(head);
      this.#waiting.set(head.frame, waiting);
      this.#decoder?.decode(
        new EncodedVideoChunk({ type: head.key ? "key" : "delta", timestamp: head.frame, data: picture }),
      );
      this.#needsKey = false;
    } catch (cause) {
      this.#waiting.delete(head.frame);
      this.#options.onDropped();
      this.#broken(cause);
    }
  }

  /** Forgets the chain: the next video picture must be a keyframe. */
  reset(): void {
    this.#needsKey = true;
    this.#codec = "";
    if (this.#decoder && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = undefined;
    this.#waiting.clear();
  }

  #configure(head: FrameHead): void {
    const wanted = `${head.codec} ${head.width}x${head.height}`;
    if (wanted === this.#codec && this.#decoder?.state === "configured") return;
    if (!this.#decoder || this.#decoder.state === "closed") {
      this.#decoder = new VideoDecoder({
        output: (frame) => this.#output(frame),
        error: (error) => this.#broken(error),
      });
    }
    // No description: the stream is in Annex B and carries its parameter sets with each keyframe.
    this.#decoder.configure({
      codec: head.codec,
      codedWidth: head.width,
      codedHeight: head.height,
      optimizeForLatency: true,
    });
    this.#codec = wanted;
  }

  #output(frame: VideoFrame): void {
    const waiting = this.#waiting.get(frame.timestamp);
    this.#waiting.delete(frame.timestamp);
    if (waiting) this.#options.onPicture({ image: frame, decoded: this.#options.now(), ...waiting });
    else frame.close();
  }

  async #still(waiting: Waiting, bytes: Uint8Array): Promise<void> {
    try {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "image/png" });
      const image = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
      this.#options.onPicture({ image, decoded: this.#options.now(), ...waiting });
    } catch (cause) {
      this.#options.onDropped();
      this.#options.onBroken(words(cause));
    }
  }

  #broken(cause: unknown): void {
    for (const _ of this.#waiting) this.#options.onDropped();
    this.reset();
    this.#options.onBroken(words(cause));
  }
}

function words(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
