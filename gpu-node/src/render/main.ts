/** The process of `eyepiece render`: `node main.ts SCENE_DIR FILE.png`, in an environment that leads to a GPU. */
import { renderSceneFile } from "./render-scene.ts";
import { UnsupportedLayerError } from "./scene-file.ts";

const [folder, out] = process.argv.slice(2);
try {
  if (!folder || !out) throw new Error("A scene's folder and a file to write are needed.");
  await renderSceneFile(folder, out);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = cause instanceof UnsupportedLayerError ? 2 : 1;
}
// The GPU's own threads would keep the process for a while.
process.exit();
