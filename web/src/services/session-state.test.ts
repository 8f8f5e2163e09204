import { expect, it } from "vitest";
import { noticeLevel, phaseAfter } from "./session-state.ts";

const open = { phase: "open", code: "", message: "" } as const;

it("a session that broke comes back, one that is gone does not", () => {
  expect(phaseAfter(open, "interrupted", "").phase).toBe("broken");
  expect(phaseAfter(open, "lost", "x")).toEqual({ phase: "broken", code: "lost", message: "x" });
  expect(phaseAfter(open, "not_found", "There is no such session.").phase).toBe("ended");
  expect(phaseAfter({ ...open, phase: "connecting" }, "unavailable", "").phase).toBe("connecting");
  expect(phaseAfter({ ...open, phase: "connecting" }, "forbidden", "").phase).toBe("ended");
});

it("notices have four levels here", () => {
  expect(["good", "warn", "bad", "error", "warning", "info", "x"].map(noticeLevel)).toEqual([
    ...["good", "warn", "bad", "bad", "warn", "info", "info"],
  ]);
});
