/** For tests: what is waited for may take as long as a loaded machine needs, not vitest's second. */
import { vi } from "vitest";

/** Below the 30 s that a test has, so that a failure still says what was waited for. */
const PATIENCE = 25_000;

const waitFor = vi.waitFor;
vi.waitFor = (condition, options) =>
  waitFor(condition, typeof options === "number" ? options : { timeout: PATIENCE, ...options });
