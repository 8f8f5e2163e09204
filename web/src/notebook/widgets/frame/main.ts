/** The page of a frame that shows one widget: see ../README.md. Built as one classic script, /frames/widgets.js. */
import { Widget } from "@lumino/widgets";
import type { FrameTheme } from "../messages.ts";
import { listen, tell } from "./connection.ts";
import { FrameManager } from "./manager.ts";
import styles from "./styles.css?inline";

const root = document.createElement("div");
root.id = "root";
const sheet = document.createElement("style");
sheet.textContent = styles;
document.head.append(sheet);
document.body.append(root);

const manager = new FrameManager();

listen((message) => {
  if (message.type === "theme") dress(message.theme);
  else if (message.type === "show") {
    dress(message.theme);
    void show(message.model);
  } else manager.heard(message);
});

new ResizeObserver(() => {
  tell({ type: "size", height: Math.max(root.scrollHeight, root.offsetHeight) });
}).observe(root);
tell({ type: "ready" });

async function show(model: string): Promise<void> {
  try {
    const view = await manager.view(model);
    Widget.attach(view.luminoWidget, root);
    view.once("remove", () => {
      root.textContent = "This widget was closed.";
    });
  } catch (cause) {
    root.textContent = `This widget cannot be shown: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

function dress({ scheme, variables }: FrameTheme): void {
  const { style } = document.documentElement;
  style.colorScheme = scheme;
  for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
}
