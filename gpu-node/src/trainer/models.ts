/** Models that lie on this node: what may be trained further and chatted with. */
import type { Person } from "./http/person.ts";

/** A model in a folder, as transformers loads it. */
export interface Model {
  /** What requests call it. */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** Folder of the model that this one is an adapter (PEFT) of; undefined for a whole model. */
  readonly base: string | undefined;
  readonly ownedBy: string;
  /** Set where its weights change while it is used (online GRPO): `folder` is another one after each change, and the model that is
   * served takes the new weights. It has a process of its own. */
  readonly live?: boolean;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** Somewhere that models come from. A person sees those of everybody's and their own. */
export interface ModelSource {
  list(person: Person): Model[];
  /** Undefined where there is none for this person. */
  find(person: Person, id: string): Model | undefined;
}
