/** Tells each view of a session who else looks, and where: at most twenty times a second, and only what is new. */
import { isBeside, type Onlooker } from "@eyepiece/protocol/viewer/presence.ts";

/** Milliseconds between two words to one view. */
const EVERY_MS = 50;

/** A view that takes part. */
export interface Participant {
  /** Undefined while nobody is there. */
  onlooker(): Onlooker | undefined;
  tellOthers(json: string): void;
}

/** See the file's comment. */
export class Onlookers {
  readonly #participants: () => Iterable<Participant>;
  readonly #told = new WeakMap<Participant, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(participants: () => Iterable<Participant>) {
    this.#participants = participants;
  }

  /** Somebody came, went, moved or pointed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, EVERY_MS);
  }

  /** A tab of this view is here (again), and knows nothing or what has long changed. */
  joined(one: Participant): void {
    this.#told.set(one, "");
    this.changed();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const here = [...this.#participants()].flatMap((one) => {
      const onlooker = one.onlooker();
      return onlooker === undefined || isBeside(onlooker.view) ? [] : [{ one, onlooker }];
    });
    for (const { one } of here) {
      const others = here.filter((other) => other.one !== one).map(({ onlooker }) => onlooker);
      const json = JSON.stringify(others);
      // Who was never told of anybody need not be told of nobody.
      if (json === (this.#told.get(one) ?? "[]")) continue;
      this.#told.set(one, json);
      one.tellOthers(json);
    }
  }
}
