/** What the menu of a layer, or of several, offers; napari's layer actions under its names. */
import { isArrayLayer, type Layer, type SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import type { Notices } from "../services/notices.ts";
import type { SessionService } from "../services/session.ts";

/** One entry; `act` is missing where it does not fit the layers. */
export interface MenuEntry {
  readonly title: string;
  readonly group: string;
  readonly act: (() => void) | undefined;
}

/** What the menu does outside of the session. */
export interface MenuHost {
  readonly session: SessionService;
  readonly notices: Notices;
  rename(id: string): void;
  choose(ids: readonly string[]): void;
  /** Asks where and how to save; undefined where nothing can be saved. */
  save?(ids: readonly string[]): void;
}

const DTYPES = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;
const MODES = ["max", "min", "std", "sum", "mean", "median"] as const;

/** See the file's comment. */
export function layerMenu(layers: readonly Layer[], all: readonly Layer[], host: MenuHost): MenuEntry[] {
  const { session, notices } = host;
  const ids = layers.map(({ id }) => id);
  const [first] = layers;
  const free = layers.every(({ locked }) => !locked);
  const act = (asked: Record<string, unknown>) => (): void => {
    session.ask({ action: { json: JSON.stringify(asked) } }, 120_000).then(
      ({ done }) => host.choose(done?.layers ?? []),
      (cause: unknown) => notices.show("bad", cause instanceof Error ? cause.message : String(cause)),
    );
  };
  const set = (patch: (layer: Layer) => Extract<SceneOp, { op: "layer.set" }>["set"]) => (): void =>
    session.apply(layers.map((layer) => ({ op: "layer.set", id: layer.id, set: patch(layer), alone: true })));
  const entry = (group: string, title: string, fits: boolean, does: () => void): MenuEntry => ({
    ...{ group, title },
    act: fits && layers.length > 0 ? does : undefined,
  });
  const arrays = layers.every(isArrayLayer);
  const images = layers.every((layer) => layer.type === "image");
  const labels = layers.every((layer) => layer.type === "labels");
  const deep = layers.every((layer) => isArrayLayer(layer) && layer.data.shape.length > 2);
  const colours = layers.every((layer) => layer.type === "image" && layer.rgb);
  const plain = layers.every((layer) => layer.type === "image" && !layer.rgb);
  const shapes = layers.every((layer) => layer.type === "shapes");
  const linked = layers.some(({ link }) => link !== "");
  const link = `link-${crypto.randomUUID().slice(0, 8)}`;
  const types = new Set(layers.map(({ type }) => type));
  return [
    entry("Layer", "Rename", layers.length === 1 && free, () => first && host.rename(first.id)),
    entry("Layer", "Duplicate", true, act({ action: "duplicate", layers: ids })),
    entry("Layer", layers.some(({ visible }) => !visible) ? "Show" : "Hide", true, () => {
      const visible = layers.some((layer) => !layer.visible);
      set(() => ({ visible }))();
    }),
    entry("Layer", "Show only these", true, () =>
      session.apply(
        all.map((one) => ({
          op: "layer.set",
          id: one.id,
          set: { visible: ids.includes(one.id) },
          alone: true,
        })),
      ),
    ),
    entry(
      "Layer",
      free ? "Lock" : "Unlock",
      true,
      set(() => ({ locked: free })),
    ),
    entry("Layer", "Delete", free, () => session.apply(ids.map((id) => ({ op: "layer.remove", id })))),
    ...(host.save ? [entry("Layer", "Save as", true, () => host.save?.(ids))] : []),
    entry("Select", "Select all", true, () => host.choose(all.map(({ id }) => id))),
    entry("Select", "Select layers of this type", true, () =>
      host.choose(all.filter(({ type }) => types.has(type)).map(({ id }) => id)),
    ),
    entry("Select", "Select linked layers", linked, () => {
      const links = new Set(layers.map((layer) => layer.link).filter((name) => name !== ""));
      host.choose(all.filter((one) => links.has(one.link)).map(({ id }) => id));
    }),
    entry(
      "Link",
      "Link layers",
      layers.length > 1,
      set(() => ({ link })),
    ),
    entry(
      "Link",
      "Unlink layers",
      linked,
      set(() => ({ link: "" })),
    ),
    entry(
      "Convert",
      "Convert to labels",
      plain || shapes,
      act({ action: "convert", layers: ids, to: "labels" }),
    ),
    entry("Convert", "Convert to image", labels, act({ action: "convert", layers: ids, to: "image" })),
    ...DTYPES.map((dtype) =>
      entry(
        "Convert type",
        `Convert to ${dtype}`,
        arrays && labels,
        act({ action: "astype", layers: ids, dtype }),
      ),
    ),
    entry("Stack", "Split stack", deep && layers.length === 1, act({ action: "split_stack", layers: ids })),
    entry(
      "Stack",
      "Merge to stack",
      images && layers.length > 1,
      act({ action: "merge_stack", layers: ids }),
    ),
    entry("Stack", "Split RGB", colours && layers.length === 1, act({ action: "split_rgb", layers: ids })),
    entry("Stack", "Merge to RGB", plain && layers.length === 3, act({ action: "merge_rgb", layers: ids })),
    ...MODES.map((mode) =>
      entry(
        "Project along axis 0",
        `${mode} projection`,
        deep && !colours,
        act({ action: "project", layers: ids, mode }),
      ),
    ),
  ];
}
