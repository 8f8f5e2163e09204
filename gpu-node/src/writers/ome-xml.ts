/** OME-XML of one image. */
import { type ImageToWrite, WriteError } from "./types.ts";

/** Which of t, c and z the axes before y and x are, in their order. */
export type PlaneAxes = readonly ("t" | "c" | "z")[];

const UNITS: Readonly<Record<string, string>> = {
  meter: "m",
  centimeter: "cm",
  millimeter: "mm",
  micrometer: "µm",
  nanometer: "nm",
  angstrom: "Å",
};
const TIMES: Readonly<Record<string, string>> = { second: "s", millisecond: "ms", minute: "min", hour: "h" };

/** By the layer's labels where they say it, else z, then t, then c from the end. @throws WriteError for more axes */
export function planeAxes({ source, axis_labels, name }: ImageToWrite): PlaneAxes {
  const count = source.ndim - 2;
  if (count < 0 || count > (source.channels ? 2 : 3))
    throw new WriteError(
      `${name} has ${source.ndim} axes; OME-TIFF takes two to ${source.channels ? 4 : 5}.`,
    );
  const saved = (axis_labels ?? []).slice(0, count).map((label) => label.toLowerCase());
  const known = saved.filter(
    (label): label is "t" | "c" | "z" => /^[tcz]$/.test(label) && !(source.channels && label === "c"),
  );
  if (axis_labels?.length === source.ndim && known.length === count && new Set(known).size === count)
    return known;
  return (["c", "t", "z"] as const).slice(3 - count);
}

/** The description of the first page. Planes follow in the order of the axes, the last fastest. */
export function omeXml(image: ImageToWrite, axes: PlaneAxes): string {
  const { source } = image;
  const shape = source.levels[0]?.shape ?? [];
  const [height = 1, width = 1] = shape.slice(-2);
  const size = (axis: "t" | "c" | "z") => (axes.includes(axis) ? (shape[axes.indexOf(axis)] ?? 1) : 1);
  const missing = (["c", "z", "t"] as const).filter((axis) => !axes.includes(axis));
  // Fastest first; axes that are not there are slowest, which changes nothing.
  const order = `XY${[...axes.toReversed(), ...missing].join("").toUpperCase()}`;
  const samples = Math.max(1, source.channels);
  const channels = size("c");
  const places = { x: shape.length - 1, y: shape.length - 2, z: axes.indexOf("z"), t: axes.indexOf("t") };
  const attribute = (name: string, at: number, units: Readonly<Record<string, string>>, unitName: string) => {
    const unit = units[image.units?.[at] ?? ""];
    const step = image.scale?.[at];
    return at < 0 || unit === undefined || step === undefined || !(step > 0)
      ? ""
      : ` ${name}="${step}" ${unitName}="${unit}"`;
  };
  const type = source.dtype === "float32" ? "float" : source.dtype === "float64" ? "double" : source.dtype;
  const pixels = [
    `ID="Pixels:0" DimensionOrder="${order}" Type="${type}"`,
    `SizeX="${width}" SizeY="${height}" SizeC="${channels * samples}" SizeZ="${size("z")}" SizeT="${size("t")}"`,
    `Interleaved="${samples > 1}" BigEndian="false"`,
  ].join(" ");
  const physical = [
    attribute("PhysicalSizeX", places.x, UNITS, "PhysicalSizeXUnit"),
    attribute("PhysicalSizeY", places.y, UNITS, "PhysicalSizeYUnit"),
    attribute("PhysicalSizeZ", places.z, UNITS, "PhysicalSizeZUnit"),
    attribute("TimeIncrement", places.t, TIMES, "TimeIncrementUnit"),
  ].join("");
  const colour =
    image.color && channels === 1 && samples === 1 ? ` Color="${signedColour(image.color)}"` : "";
  const list = Array.from(
    { length: channels },
    (_, i) =>
      `<Channel ID="Channel:0:${i}" SamplesPerPixel="${samples}"${channels === 1 ? ` Name="${escaped(image.name)}"` : ""}${colour}/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd"><Image ID="Image:0" Name="${escaped(image.name)}"><Pixels ${pixels}${physical}>${list.join("")}<TiffData/></Pixels></Image></OME>`;
}

/** OME writes colours as signed 32-bit RGBA. */
function signedColour(hex: string): number {
  return (Number.parseInt(hex.replace("#", "").slice(0, 6), 16) << 8) | 0xff | 0;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };
  return (
    text
      .replace(/[<>&"]/g, (mark) => names[mark] ?? "")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for these.
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "")
  );
}
