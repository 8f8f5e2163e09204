/** MP4 movies as time-lapses of colours. */
import { planeSource } from "../plane-source.ts";
import { openResource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { readMovie } from "./demux.ts";

/** Opens a .mp4, .m4v or .mov: its tables; pictures are decoded when they are looked at. @throws SourceError */
export async function openMovie(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  try {
    const track = await readMovie(resource, options.signal);
    // FFmpeg is loaded by who opens a movie, and by nobody else.
    const { MovieDecoder } = await import("./decoder.ts");
    const decoder = new MovieDecoder(resource, track);
    const source = planeSource({
      id: label,
      label,
      dtype: "uint8",
      shape: [track.shown.length, track.height, track.width],
      channels: 3,
      plane: ([time = 0], signal) => decoder.frame(time, signal),
      async onDispose() {
        await decoder.close();
        await resource.close();
      },
    });
    const defaults = {
      name: label.replace(/\.(mp4|m4v|mov)$/i, ""),
      scale: [track.step, 1, 1],
      units: ["second", "pixel", "pixel"],
      axis_labels: ["t", "y", "x"],
    };
    return [{ source, rgb: true, labels: false, label, defaults }];
  } catch (cause) {
    await resource.close();
    throw cause;
  }
}
