/** Data that are computed while one looks at them: `generated:` addresses, to try what scale does without a disk. */
import { generatedAddress, generatedSource } from "@eyepiece/engine/data/generated-source.ts";
import { defaultColormap } from "./colors.ts";
import type { OpenedData } from "./types.ts";

/** Opens `generated:terabytes`, `generated:volume` or `generated:SHAPE`. @throws SourceError */
export async function openGenerated(uri: string): Promise<OpenedData[]> {
  const { shape, channels } = generatedAddress(uri);
  const label = uri.slice("generated:".length);
  return Array.from({ length: channels }, (_, channel): OpenedData => {
    const colormap = channels > 1 ? defaultColormap(channel, channels) : undefined;
    return {
      source: generatedSource(`${uri}#${channel}`, { shape, channel }),
      rgb: false,
      labels: false,
      label,
      defaults: {
        name: channels > 1 ? `${label} ${channel}` : label,
        contrast_limits: [2000, 32_000],
        contrast_limits_range: [0, 65_535],
        ...(channels > 1 && { blending: "additive" as const }),
        ...(colormap && { colormap }),
      },
    };
  });
}
