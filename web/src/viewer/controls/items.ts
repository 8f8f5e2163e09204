/** Controls that layers of items share: colours by a feature, words, and what is set of the chosen items and of new ones. */
import { takeRows } from "@eyepiece/engine/data/table-rows.ts";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import {
  ColorMode,
  type ItemColors,
  type ItemText,
  type LayerPatch,
  type TableLayer,
} from "@eyepiece/protocol/scene/schema.ts";
import { html, nothing, type TemplateResult } from "lit";
import { colormapChoice } from "../colormap-choice.ts";
import { toolsOf } from "../tools/tools.ts";
import { type Colour, choice, colour, number, type Panel, slide, tick, words } from "./panel.ts";

/** Sets a column of the chosen items of the layer, as one operation. */
export function setChosen(
  panel: Panel<TableLayer>,
  column: string,
  value: readonly number[],
  merge = "",
): void {
  const { session, layer } = panel;
  const indices = toolsOf(session).chosen(layer.id);
  if (indices.length === 0) return;
  const rows = { count: 1, columns: { [column]: [...value] }, features: {} };
  session.apply([{ op: "items.set", id: layer.id, indices: [...indices], rows }], merge);
}

/** What the first chosen item has in a column, else what new items get. */
export function present(
  panel: Panel<TableLayer>,
  column: string,
  fresh: readonly number[],
): readonly number[] {
  const { session, layer } = panel;
  const tools = toolsOf(session);
  void tools.tables.changed.value;
  const [first] = tools.chosen(layer.id);
  const table = tools.tables.get(layer)?.table;
  if (first === undefined || !table || first >= table.count) return fresh;
  const only = { count: 1, columns: { [column]: [] }, features: {} };
  const values = takeRows(table, [first], only).columns[column];
  return values?.map((value) => value ?? 0) ?? fresh;
}

/** Merge tags of drags that change chosen items, by the column. */
const merges = new WeakMap<object, Map<string, string>>();

/** Drags a value of new items and, with it, of the chosen ones: one step of undo. */
export function dragBoth(
  panel: Panel<TableLayer>,
  column: string,
  value: readonly number[],
  patch: LayerPatch,
  first: boolean,
): void {
  const { session, layer } = panel;
  const known = merges.get(session) ?? new Map<string, string>();
  merges.set(session, known);
  const merge = first ? session.newMerge() : (known.get(column) ?? session.newMerge());
  known.set(column, merge);
  const indices = toolsOf(session).chosen(layer.id);
  const rows = { count: 1, columns: { [column]: [...value] }, features: {} };
  session.apply(
    [
      { op: "layer.set", id: layer.id, set: patch },
      ...(indices.length > 0
        ? [{ op: "items.set" as const, id: layer.id, indices: [...indices], rows }]
        : []),
    ],
    merge,
  );
}

/** Where colours come from: the items' own, or a feature by a cycle or a colormap. */
export function colorRule(
  panel: Panel<TableLayer>,
  label: string,
  rule: ItemColors,
  patch: (rule: ItemColors) => LayerPatch,
): TemplateResult {
  const { layer, off } = panel;
  const { features } = layer.data;
  const set = (changes: Partial<ItemColors>): void => panel.set(patch({ ...rule, ...changes }));
  const choose = (mode: ItemColors["mode"]): void =>
    set({
      mode,
      feature: rule.feature || (features[0] ?? ""),
      colormap: rule.colormap ?? colormap("viridis"),
    });
  const modes = features.length > 0 || rule.mode !== "direct" ? ColorMode.options : (["direct"] as const);
  return html`
    ${choice(panel, `${label} color mode`, rule.mode, modes, choose)}
    ${
      rule.mode === "direct"
        ? nothing
        : choice(panel, `${label} color by`, rule.feature, withEmpty(features, rule.feature), (feature) =>
            set({ feature }),
          )
    }
    ${
      rule.mode === "colormap"
        ? html`<div class="row wide">
            <span class="name">${label} colormap</span>
            ${colormapChoice(rule.colormap ?? colormap("viridis"), off, (map) => set({ colormap: map }))}
          </div>
          ${limits(panel, label, rule, set)}`
        : nothing
    }
    ${rule.mode === "cycle" ? cycle(panel, label, rule, (colors, first) => panel.drag(patch({ ...rule, cycle: colors }), first)) : nothing}
  `;
}

/** Limits of a colormap: the feature's own least and greatest value, or two numbers. */
function limits(
  panel: Panel<TableLayer>,
  label: string,
  { contrast_limits: own }: ItemColors,
  set: (changes: Partial<ItemColors>) => void,
): TemplateResult {
  const [low, high] = own ?? [0, 1];
  return html`${tick(panel, `${label} auto limits`, own === null, (auto) =>
    set({ contrast_limits: auto ? null : [low, high] }),
  )}
  ${
    own === null
      ? nothing
      : html`${number(panel, `${label} least`, low, {}, (value) => set({ contrast_limits: [value, Math.max(value, high)] }))}
          ${number(panel, `${label} most`, high, {}, (value) => set({ contrast_limits: [Math.min(low, value), value] }))}`
  }`;
}

function withEmpty(features: readonly string[], now: string): readonly string[] {
  return features.includes(now) ? features : [now, ...features];
}

function cycle(
  { off }: Panel,
  label: string,
  rule: ItemColors,
  drag: (colors: ItemColors["cycle"], first: boolean) => void,
): TemplateResult {
  return html`<div class="block">
    <span class="name">${label} color cycle</span>
    ${rule.cycle.map((value, i) =>
      colour({ off }, `${label} cycle ${i + 1}`, value, (color, first) =>
        drag(
          rule.cycle.map((one, k) => (k === i ? color : one)),
          first,
        ),
      ),
    )}
    <span class="pair">
      <button class="button framed" type="button" ?disabled=${off} @click=${() => drag([...rule.cycle, [0, 0, 1, 1]], true)}>
        Add color
      </button>
      <button
        class="button framed"
        type="button"
        ?disabled=${off || rule.cycle.length < 2}
        @click=${() => drag(rule.cycle.slice(0, -1), true)}
      >
        Remove last
      </button>
    </span>
  </div>`;
}

/** The items' own colour: of the chosen ones, and of new ones. */
export function ownColor(
  panel: Panel<TableLayer>,
  label: string,
  column: string,
  fresh: readonly number[],
  patch: (color: Colour) => LayerPatch,
): TemplateResult {
  return colour(panel, label, present(panel, column, fresh), (color, first) =>
    dragBoth(panel, column, color, patch(color), first),
  );
}

/** Words at the items. */
export function textControls(
  panel: Panel<TableLayer>,
  text: ItemText,
  patch: (text: ItemText) => LayerPatch,
): TemplateResult {
  const set = (changes: Partial<ItemText>): void => panel.set(patch({ ...text, ...changes }));
  const anchors = ["center", "upper_left", "upper_right", "lower_left", "lower_right"] as const;
  return html`
    ${tick(panel, "Display text", text.visible, (visible) => set({ visible }))}
    ${words(panel, "Text", text.string, "a feature, or {a}: {b:.2f}", (string) => set({ string }))}
    ${
      text.string === ""
        ? nothing
        : html`${slide(panel, { label: "Text size", min: 4, max: 60, step: 1, value: text.size }, (size) =>
            patch({ ...text, size }),
          )}
            ${colour(panel, "Text color", text.color, (color, first) => panel.drag(patch({ ...text, color }), first))}
            ${choice(panel, "Text anchor", text.anchor, anchors, (anchor) => set({ anchor }))}
            ${tick(panel, "Text scaling", text.scaling, (scaling) => set({ scaling }))}
            ${slide(
              panel,
              { label: "Text rotation", min: -180, max: 180, step: 1, value: text.rotation },
              (rotation) => ({
                ...patch({ ...text, rotation }),
              }),
            )}
            ${(["down", "right"] as const).map((way, k) => {
              // Of the last two axes: as on the screen of a view that nobody has turned.
              const [down = 0, right = 0] = text.translation.slice(-2);
              return number(panel, `Text ${way}`, k === 0 ? down : right, {}, (value) =>
                set({ translation: k === 0 ? [value, right] : [down, value] }),
              );
            })}`
    }
  `;
}
