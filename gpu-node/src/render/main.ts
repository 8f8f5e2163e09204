/** The process of `eyepiece render`: `node main.ts SCENE FILE.png WIDTHxHEIGHT SCALE`, in an environment that leads to a GPU. */
import { SCENE_FILE } from "../session/scene-archive.ts";
import { renderArchive } from "./render-archive.ts";
import { renderSceneFile } from "./render-scene.ts";
import { UnsupportedLayerError } from "./scene-file.ts";

const [folder, out, size = "", scale = "1"] = process.argv.slice(2);
try {
  if (!folder || !out) throw new Error("A scene's folder and a file to write are needed.");
  const [width, height] = size === "" ? [0, 0] : size.split("x").map(Number);
  const wish = { width: width ?? 0, height: height ?? 0, scale: Number(scale), format: "png" as const };
  if (SCENE_FILE.test(folder)) await renderArchive(folder, out, wish);
  else if (size !== "" || scale !== "1")
    throw new Error("The size of a scene folder's picture is that of its canvas.");
  else await renderSceneFile(folder, out);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = cause instanceof UnsupportedLayerError ? 2 : 1;
}
// The GPU's own threads would keep the process for a while.
process.exit();
