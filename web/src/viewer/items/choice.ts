/** Items that are chosen, of one layer: a thing of this tab, not of the scene. */
export interface ItemChoice {
  readonly layer: string;
  /** Rising. */
  readonly indices: readonly number[];
}

export const NOTHING_CHOSEN: ItemChoice = { layer: "", indices: [] };
