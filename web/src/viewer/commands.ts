/** What each key of the viewer does to the session. */
import type { LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import type { Notices } from "../services/notices.ts";
import type { SessionService } from "../services/session.ts";
import { slidOrder } from "./axes.ts";
import { step } from "./gestures.ts";
import type { Command } from "./keys.ts";
import { NORMALS } from "./plane-math.ts";
import {
  reset,
  roll,
  screenshot,
  toggleDisplay,
  toggleGrid,
  toggleRecording,
  transpose,
} from "./view-actions.ts";

/** What commands change outside of the session. */
export interface CommandHost {
  readonly session: SessionService;
  readonly notices: Notices;
  /** The axis of the arrow keys. */
  axis(): number | undefined;
  focusAxis(axis: number): void;
  togglePanels(): void;
  /** Four linked canvases, or one. */
  toggleOrtho(): void;
  /** The strip of key frames. */
  toggleAnimation(): void;
  showHelp(): void;
  showOpen(): void;
  showSave(): void;
}

const ACTIONS: Readonly<Partial<Record<Command, (host: CommandHost) => void>>> = {
  "toggle-display": ({ session }) => toggleDisplay(session),
  reset: ({ session }) => reset(session),
  ortho: (host) => host.toggleOrtho(),
  animation: (host) => host.toggleAnimation(),
  record: ({ session, notices }) => toggleRecording(session, notices),
  roll: ({ session }) => roll(session),
  transpose: ({ session }) => transpose(session),
  grid: ({ session }) => toggleGrid(session),
  screenshot: ({ session, notices }) => void screenshot(session, notices),
  "screenshot-bare": ({ session, notices }) => void screenshot(session, notices, { bare: true }),
  panels: (host) => host.togglePanels(),
  help: (host) => host.showHelp(),
  open: (host) => host.showOpen(),
  save: (host) => host.showSave(),
  undo: ({ session }) => session.undo(),
  redo: ({ session }) => session.undo(true),
  "step-back": (host) => stepBy(host, -1),
  "step-on": (host) => stepBy(host, 1),
  "axis-before": (host) => axisBy(host, -1),
  "axis-next": (host) => axisBy(host, 1),
  "layer-above": ({ session }) => layerBy(session, 1),
  "layer-below": ({ session }) => layerBy(session, -1),
};

/** Does it. */
export function run(command: Command, host: CommandHost): void {
  const act = ACTIONS[command];
  if (act) act(host);
  else onLayer(command, host.session);
}

function stepBy(host: CommandHost, by: number): void {
  const view = host.session.view.peek();
  const axis = host.axis();
  if (view && axis !== undefined) host.session.setView({ dims: step(view.dims, axis, by) }, { moving: true });
}

function axisBy(host: CommandHost, by: number): void {
  const dims = host.session.view.peek()?.dims;
  const axes = dims ? slidOrder(dims) : [];
  const at = axes.indexOf(host.axis() ?? -1);
  const next = axes[(at + by + axes.length) % axes.length];
  if (next !== undefined) host.focusAxis(next);
}

function layerBy(session: SessionService, by: number): void {
  const layers = session.scene.peek()?.layers ?? [];
  const at = layers.findIndex((layer) => layer.id === session.selected.peek());
  const next = layers[at + by];
  if (next) session.select(next.id);
}

function onLayer(command: Command, session: SessionService): void {
  const { layer } = session;
  if (!layer || !session.mayEdit) return;
  const set = (patch: LayerPatch) => session.apply([{ op: "layer.set", id: layer.id, set: patch }]);
  if (command === "visibility") set({ visible: !layer.visible });
  else if (command === "remove") session.apply([{ op: "layer.remove", id: layer.id }]);
  else {
    const normal = NORMALS.find(([name]) => command === `normal-${name}`)?.[1];
    if (normal && "plane" in layer) set({ plane: { ...layer.plane, normal } });
  }
}
