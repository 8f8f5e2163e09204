/**
 * `.value=${unlessTyping(value)}`: a field shows the value, as with `live`, but never takes away what somebody is typing. Others and
 * the node change the scene at any moment, and each change draws the field again.
 */
import { noChange } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type PropertyPart } from "lit/directive.js";

class UnlessTyping extends AsyncDirective {
  #field: HTMLInputElement | undefined;
  #typing = false;
  #value = "";

  render(value: string): unknown {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    this.#value = value;
    const field = part.element as HTMLInputElement;
    if (field !== this.#field) {
      this.#release();
      this.#field = field;
      field.addEventListener("input", this.#typed);
      field.addEventListener("change", this.#done);
      field.addEventListener("blur", this.#left);
    }
    return this.#typing || field.value === value ? noChange : value;
  }

  override disconnected(): void {
    this.#release();
  }

  override reconnected(): void {
    // The next update listens again.
    this.#field = undefined;
  }

  #release(): void {
    this.#field?.removeEventListener("input", this.#typed);
    this.#field?.removeEventListener("change", this.#done);
    this.#field?.removeEventListener("blur", this.#left);
    this.#typing = false;
  }

  readonly #typed = (): void => {
    this.#typing = true;
  };

  /** What was typed is handed on: from now on the value is what came of it. */
  readonly #done = (): void => {
    this.#typing = false;
  };

  /** Left as it was, or emptied of a number that is none: the value that holds is shown again. */
  readonly #left = (): void => {
    if (!this.#typing) return;
    this.#typing = false;
    if (this.#field) this.#field.value = this.#value;
  };
}

/** See the file's comment. For `.value` of an input that takes text or numbers and says what was typed by `change`. */
export const unlessTyping = directive(UnlessTyping);
