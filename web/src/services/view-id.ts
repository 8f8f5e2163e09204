/** The name of this tab's view of a session: the same after a reload, another in a duplicate of the tab. */

/** `kept`: a view of this name was shown before. */
export interface ViewName {
  readonly id: string;
  readonly kept: boolean;
}

/** Finds the tab's view name and holds it as long as the page lives. */
export async function claimView(session: string): Promise<ViewName> {
  const key = `eyepiece.view.${session}`;
  const before = sessionStorage.getItem(key);
  if (before !== null && (await hold(`${key}.${before}`))) return { id: before, kept: true };
  const id = randomId();
  sessionStorage.setItem(key, id);
  await hold(`${key}.${id}`);
  return { id, kept: false };
}

/** 128 random bits as text. crypto.randomUUID needs a secure context, and the page must be able to say that it lacks one. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Takes a lock that the page never gives back. @returns false when another tab has it. */
function hold(name: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  if (!navigator.locks) return Promise.resolve(true);
  navigator.locks
    .request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null || held.has(name));
      if (!lock) return undefined;
      held.add(name);
      return new Promise<never>(() => {});
    })
    .catch((cause: unknown) => {
      console.info("Views are named without locks:", cause);
      resolve(true);
    });
  return promise;
}

/** Locks of this page itself: leaving the viewer and coming back meets them again. */
const held = new Set<string>();
