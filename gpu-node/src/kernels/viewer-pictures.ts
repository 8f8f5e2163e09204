/** Pictures that stand in for live viewers in kept outputs: what the session itself draws, once the cell that shows it is over. */
import type { MimeBundle } from "@eyepiece/protocol/kernel/messages.ts";
import type { Output } from "@eyepiece/protocol/kernel/outputs.ts";
import * as v from "valibot";

/** What an output that is a live viewer holds. */
export const VIEWER_MIME = "application/vnd.eyepiece.viewer+json";

/** Device pixels: sharp in a column of outputs, and small enough to keep with each of them. */
export const PICTURE_WIDTH = 960;
/** A picture that takes longer than this is not worth keeping the outputs from the relay for. */
const LONGEST_MS = 20_000;

const Shown = v.object({ session: v.string() });

/** Draws a session as a PNG; undefined for one that is not the notebook's own. */
export type DrawSession = (session: string) => Promise<Uint8Array> | undefined;

/** The outputs, each viewer with its picture. Where none can be drawn, an output stays as it is. */
export async function withPictures(
  outputs: readonly Output[],
  draw: DrawSession,
): Promise<readonly Output[]> {
  const drawn = new Map<string, Promise<string | undefined>>();
  const picture = (session: string): Promise<string | undefined> => {
    const known = drawn.get(session) ?? base64Of(draw(session));
    drawn.set(session, known);
    return known;
  };
  return Promise.all(
    outputs.map(async (output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
      const shown = v.safeParse(Shown, output.data[VIEWER_MIME]);
      if (!shown.success || output.data["image/png"] !== undefined) return output;
      const png = await picture(shown.output.session);
      if (png === undefined) return output;
      const data: MimeBundle = { ...output.data, "image/png": png };
      return { ...output, data };
    }),
  );
}

async function base64Of(drawing: Promise<Uint8Array> | undefined): Promise<string | undefined> {
  if (!drawing) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LONGEST_MS, undefined);
  });
  try {
    const png = await Promise.race([drawing, late]);
    return png && Buffer.from(png).toString("base64");
  } catch {
    // The session ended or its GPU is full: the words that stand in for a viewer say what it was.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
