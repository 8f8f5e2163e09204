import { describe, expect, it } from "vitest";
import { parseRoute, pathOf } from "./router.ts";

describe("addresses", () => {
  it("name pages", () => {
    expect(parseRoute("/")).toEqual({ page: "home" });
    expect(parseRoute("/view/welcome")).toEqual({ page: "view", session: "welcome" });
    expect(parseRoute("/settings/")).toEqual({ page: "settings" });
  });
  it("that show nothing are said to", () => {
    for (const path of ["/view", "/view/a b", "/view/a/b", "/settings/x", "/chat"]) {
      expect(parseRoute(path).page).toBe("missing");
    }
  });
  it("come back from routes", () => {
    for (const path of ["/", "/view/abc_-9", "/settings", "/elsewhere"]) {
      expect(pathOf(parseRoute(path))).toBe(path);
    }
  });
});
