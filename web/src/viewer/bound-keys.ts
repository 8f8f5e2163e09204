/** Keys that code in a kernel has bound: told to the session when they are pressed and let go. */
import type { SessionService } from "../services/session.ts";
import type { Pressed } from "./keys.ts";

const NAMES: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
};

/** A key as code names it: "Control-Shift-A", "T", "Up". Of a sign that needs Shift, Shift is no part. */
export function keyName(event: Pressed): string {
  const { key } = event;
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const shift = event.shiftKey && (key.length > 1 || letter || key === " ");
  const modifiers = [
    event.ctrlKey && "Control",
    event.altKey && "Alt",
    shift && "Shift",
    event.metaKey && "Meta",
  ].filter((name) => name !== false);
  return [...modifiers, NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)].join("-");
}

/** Tells of a key if code has bound it. @returns whether it has: then the key does nothing else */
export function boundKey(event: KeyboardEvent, session: SessionService): boolean {
  const name = keyName(event);
  if (!session.boundKeys.has(name)) return false;
  const tell = (released: boolean): void => {
    session.ask({ key: { key: name, released } }).catch((cause: unknown) => {
      console.info("The key was not told:", String(cause));
    });
  };
  if (event.repeat) return true;
  tell(false);
  // The modifiers may go before the key does, and then it has another name.
  const up = new AbortController();
  const release = (later: Event): void => {
    if (later instanceof KeyboardEvent && later.code !== event.code) return;
    up.abort();
    tell(true);
  };
  window.addEventListener("keyup", release, { signal: up.signal });
  window.addEventListener("blur", release, { signal: up.signal });
  return true;
}
