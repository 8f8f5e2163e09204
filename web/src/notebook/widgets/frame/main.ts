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
addEventListener("error", (event) => trouble(event.message));
addEventListener("unhandledrejection", (event: PromiseRejectionEvent) => {
  const reason: unknown = event.reason;
  trouble(reason instanceof Error ? reason.message : String(reason));
});
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

/** Code of the widget failed: whoever wrote it should see it without the browser's tools. */
function trouble(words: string): void {
  // The browser says so when sizes change while it tells of changed sizes, which harms nothing.
  if (words.startsWith("ResizeObserver")) return;
  const line = document.createElement("p");
  line.className = "ep-trouble";
  line.textContent = `The widget's code failed: ${words}`;
  root.querySelector(".ep-trouble")?.remove();
  root.append(line);
}

function dress({ scheme, variables }: FrameTheme): void {
  const { style } = document.documentElement;
  style.colorScheme = scheme;
  for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
}
