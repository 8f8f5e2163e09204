/** The picture of a link's preview: a PNG of 1200 by 630 with the thing's name, over what the page shows where it can. */
const WIDTH = 1200;
const HEIGHT = 630;

/** Draws it. `behind` is what lies behind the words, cut to fit. */
export async function previewPicture(title: string, kind: string, behind?: Blob): Promise<Blob> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser draws no picture.");
  context.fillStyle = "#0e1116";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  if (behind) {
    const image = await createImageBitmap(behind);
    const scale = Math.max(WIDTH / image.width, HEIGHT / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    context.drawImage(image, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
    image.close();
    const shade = context.createLinearGradient(0, HEIGHT * 0.5, 0, HEIGHT);
    shade.addColorStop(0, "rgb(14 17 22 / 0%)");
    shade.addColorStop(1, "rgb(14 17 22 / 92%)");
    context.fillStyle = shade;
    context.fillRect(0, 0, WIDTH, HEIGHT);
  }
  context.fillStyle = "#5cc8ff";
  context.font = "600 30px system-ui, sans-serif";
  context.fillText(`Eyepiece ${kind}`, 64, HEIGHT - 140);
  context.fillStyle = "#e6eaf0";
  context.font = "600 64px system-ui, sans-serif";
  context.fillText(fitted(context, title, WIDTH - 128), 64, HEIGHT - 64);
  return canvas.convertToBlob({ type: "image/png" });
}

function fitted(context: OffscreenCanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}
