/** Headings of a notebook, and what lies below each. Pure. */
import type { CellView } from "@eyepiece/protocol/notebook/document.ts";
import { headingsOf } from "./headings.ts";

/** A heading. */
export interface Section {
  readonly cell: string;
  /** 1 to 6 */
  readonly level: number;
  readonly text: string;
  /** Its cell begins with it, so that what follows can be folded. */
  readonly leads: boolean;
  readonly folded: boolean;
}

/** All headings, in order. */
export function sectionsOf(cells: readonly CellView[]): Section[] {
  return cells.flatMap((cell) => {
    if (cell.type !== "markdown") return [];
    const folded = cell.metadata.heading_collapsed === true;
    return headingsOf(cell.source.toString()).map(({ level, text }, i) => ({
      cell: cell.id,
      level,
      text,
      leads: i === 0,
      folded: i === 0 && folded,
    }));
  });
}

/** Cells below a heading: all up to the next one of its level or above. */
export function below(
  cells: readonly Pick<CellView, "id">[],
  sections: readonly Section[],
  section: Section,
): string[] {
  const start = cells.findIndex((cell) => cell.id === section.cell);
  const leads = new Map(sections.filter((one) => one.leads).map((one) => [one.cell, one.level]));
  const found: string[] = [];
  for (const cell of cells.slice(start + 1)) {
    const level = leads.get(cell.id);
    if (level !== undefined && level <= section.level) break;
    found.push(cell.id);
  }
  return found;
}

/** Cells that are folded away. */
export function foldedCells(
  cells: readonly Pick<CellView, "id">[],
  sections: readonly Section[],
): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const section of sections)
    if (section.folded) for (const id of below(cells, sections, section)) hidden.add(id);
  return hidden;
}
