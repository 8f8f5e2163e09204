import { describe, expect, it } from "vitest";
import { choose, runs } from "./bundle.ts";

describe("the part of a bundle that is shown", () => {
  it("is the richest one", () => {
    expect(choose({ "text/plain": "x", "text/html": "<b>x</b>" })).toEqual({
      by: "clean-html",
      html: "<b>x</b>",
    });
    expect(choose({ "text/plain": "x", "image/png": "iVBO\nRw==" })).toEqual({
      by: "image",
      address: "data:image/png;base64,iVBORw==",
      alt: "x",
    });
    expect(choose({ "text/latex": "x^2" })).toEqual({ by: "markdown", source: "$$x^2$$" });
    expect(choose({ "application/json": { a: 1 } })).toEqual({ by: "json", value: { a: 1 } });
    expect(choose({ "application/vnd.vegalite.v5+json": '{"mark":"bar"}' })).toEqual({
      by: "vega",
      spec: { mark: "bar" },
      lite: true,
    });
    expect(choose({})).toEqual({ by: "nothing" });
  });

  it("goes into a frame when it could run", () => {
    for (const html of [
      "<script>1</script>",
      "<img src=x onerror=alert(1)>",
      '<a href="javascript:x">a</a>',
      "<IFRAME src=x>",
    ]) {
      expect(runs(html)).toBe(true);
      expect(choose({ "text/html": html }).by).toBe("frame");
    }
    expect(runs("<table><tr><td>a</td></tr></table>")).toBe(false);
  });
});
