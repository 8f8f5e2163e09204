import { describe, expect, it } from "vitest";
import { parseRoute, pathOf } from "./router.ts";

describe("addresses", () => {
  it("name pages", () => {
    expect(parseRoute("/")).toEqual({ page: "home" });
    expect(parseRoute("/view/welcome")).toEqual({ page: "view", session: "welcome" });
    expect(parseRoute("/settings/")).toEqual({ page: "settings" });
    expect(parseRoute("/project/p_1")).toEqual({ page: "project", project: "p_1" });
    expect(parseRoute("/chat", "?model=a%2Fb")).toEqual({ page: "chat", model: "a/b" });
    expect(parseRoute("/models", "?show=failed")).toEqual({ page: "models", filter: "failed" });
    expect(parseRoute("/models/new", "?file=f-1")).toEqual({ page: "new-job", file: "f-1", model: "" });
    expect(parseRoute("/models/new", "?model=a%2Fb")).toEqual({ page: "new-job", file: "", model: "a/b" });
    expect(parseRoute("/evaluate", "?model=a%2Fb")).toEqual({ page: "evaluate", model: "a/b" });
    expect(parseRoute("/models/ftjob-1")).toEqual({ page: "job", job: "ftjob-1" });
    expect(parseRoute("/models/nanochat")).toEqual({ page: "nanochat" });
    expect(parseRoute("/models/nanochat/run-1", "?stage=sft")).toEqual({
      page: "nanochat-run",
      run: "run-1",
      stage: "sft",
    });
    expect(parseRoute("/flows", "?q=a%20b&tag=x")).toEqual({ page: "flows", words: "a b", tag: "x" });
    expect(parseRoute("/flows/form/abc", "?name=Ada&n=3")).toEqual({
      page: "flow-form",
      uid: "abc",
      fill: "name=Ada&n=3",
    });
    expect(parseRoute("/flows/runs/abc")).toEqual({ page: "flow-run", run: "abc" });
    expect(parseRoute("/timeline", "?status=error")).toEqual({
      page: "timeline",
      words: "",
      status: "error",
    });
    expect(parseRoute("/s")).toEqual({ page: "shared" });
    expect(parseRoute("/search", "?q=a%20b&compositor=canvas2d")).toEqual({ page: "search", query: "a b" });
  });
  it("that show nothing are said to", () => {
    for (const path of [
      "/view",
      "/view/a b",
      "/view/a/b",
      "/settings/x",
      "/models/a/b",
      "/models/nanochat/a b",
      "/models/nanochat/a/b",
    ]) {
      expect(parseRoute(path).page).toBe("missing");
    }
  });
  it("come back from routes", () => {
    for (const path of [
      "/",
      "/view/abc_-9",
      "/project/x",
      "/settings",
      "/admin",
      "/chat",
      "/models",
      "/data",
      "/flows",
      "/flows/form/abc",
      "/flows/runs/abc",
      "/flows/dashboard",
      "/flows/schedules",
      "/flows/admin",
      "/timeline",
      "/evaluate",
      "/models/nanochat",
      "/models/nanochat/run-1",
      "/s",
      "/elsewhere",
    ]) {
      expect(pathOf(parseRoute(path))).toBe(path);
    }
  });
});
