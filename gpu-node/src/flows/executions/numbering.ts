/** Which events of a batch are new: an agent sends again what it has no word of. */

/** What to do with a batch. */
export type Reception =
  /** Store all from this place in the batch on. */
  | { readonly take: number }
  /** All are there already. */
  | "known"
  /** Something before it is missing: the agent has to begin again behind what is stored. */
  | "gap";

/** @param last number of the last event that is stored, 0 for none; @param first number of the batch's first; @param count how many */
export function receive(last: number, first: number, count: number): Reception {
  if (first > last + 1) return "gap";
  if (first + count - 1 <= last) return "known";
  return { take: last + 1 - first };
}
