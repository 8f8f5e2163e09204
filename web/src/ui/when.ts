/** Times and sizes for people. */

const DAY = 24 * 3_600_000;

/** How long ago, roughly, for lists: "2 min ago", "yesterday", a date. `now` in milliseconds. */
export function ago(at: number, now = Date.now()): string {
  const passed = now - at;
  if (passed < 60_000) return "just now";
  if (passed < 3_600_000) return `${Math.floor(passed / 60_000)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / 3_600_000)} h ago`;
  if (passed < 2 * DAY) return "yesterday";
  return date(at);
}

/** A day, in the reader's own way. */
export function date(at: number): string {
  return new Date(at).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
}

/** A moment, in the reader's own way. */
export function moment(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
