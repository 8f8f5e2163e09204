/** Rights in words, and the shares and grants as the relay tells of them. */
import { isNodes, LEVELS, type Level, type Right, type SharedKind } from "@eyepiece/protocol/rights.ts";

/** What is shared. */
export interface SharedThing {
  readonly kind: SharedKind;
  readonly id: string;
  /** Where a session is; empty for the default node. */
  readonly node?: string;
  readonly name: string;
}

/** A link that one has made. */
export interface ShareInfo {
  readonly id: string;
  readonly kind: SharedKind;
  readonly thing: string;
  readonly rights: readonly Right[];
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly has_password: boolean;
  readonly title: string;
  readonly picture: string | null;
  readonly holders: number;
}

/** Somebody whom one has given a thing by name. */
export interface GrantInfo {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly rights: readonly Right[];
}

/** The highest level of some rights. */
export function levelOf(rights: readonly Right[]): Level {
  return [...LEVELS].reverse().find((level) => rights.includes(level)) ?? "view";
}

const WORDS: Readonly<Record<Level, string>> = { view: "view", comment: "comment", edit: "edit" };

/** "edit and run code". */
export function rightsWords(rights: readonly Right[]): string {
  return `${WORDS[levelOf(rights)]}${rights.includes("run") ? " and run code" : ""}`;
}

/** What levels there are of a thing: who is given a run looks at it only. */
export function levelsOf(kind: SharedKind): readonly Level[] {
  return kind === "run" ? ["view"] : LEVELS;
}

/** Whether code can be run in it by others. */
export function runsCode(kind: SharedKind): boolean {
  return !isNodes(kind);
}

/** What a level lets one do with a thing, for choices. */
export function levelWords(level: Level, kind: SharedKind): string {
  const thing = {
    project: "notebooks and files",
    notebook: "cells and outputs",
    session: "layers",
    run: "how it goes, its results, its log and its files",
  }[kind];
  return {
    view: `View: see ${thing}`,
    comment:
      kind === "session" ? "Comment: the same as view, for a session" : "Comment: view, and comment on cells",
    edit: `Edit: change ${thing}`,
  }[level];
}

/** What whoever shares must know before code may be run. */
export const RUN_WARNING =
  "Code that they run uses this node's processors, GPU and network in your name, and can read the files of the project.";
