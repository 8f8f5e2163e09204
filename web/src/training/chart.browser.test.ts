/** Curves in a real browser, also one whose language is no language. */
import { ContextProvider } from "@lit/context";
import { expect } from "chai";
import { preferencesContext } from "../services/contexts.ts";
import { Preferences } from "../services/preferences.ts";
import { until } from "../testing/page.ts";
import type { EpChart } from "./chart.ts";

describe("a chart", () => {
  it("draws under LANG=C, where Chromium's language is en-US@posix", async () => {
    Object.defineProperty(navigator, "language", { value: "en-US@posix", configurable: true });
    // Loaded only now: the library reads the language once.
    await import("./chart.ts");
    const place = document.createElement("div");
    new ContextProvider(place, { context: preferencesContext, initialValue: new Preferences() });
    const chart = document.createElement("ep-chart") as EpChart;
    chart.curves = [{ label: "loss", steps: [1, 2, 3], values: [3, null, 1] }];
    place.append(chart);
    document.body.replaceChildren(place);
    await until("it is drawn", () => chart.shadowRoot?.querySelector("canvas") != null);
    const words = chart.shadowRoot?.querySelector(".plot")?.getAttribute("aria-label");
    expect(words).to.equal("Chart: loss 1 at 3");
    // Without a pointer the newest figures stand below, also after more have come.
    const figures = (): string[] =>
      [...(chart.shadowRoot?.querySelectorAll(".u-value") ?? [])].map((one) => one.textContent ?? "");
    await until("the newest figures are told", () => figures().join() === "3,1");
    chart.curves = [{ label: "loss", steps: [1, 2, 3, 4], values: [3, null, 1, 0.5] }];
    await until("and those that came", () => figures().join() === "4,0.5");
  });
});
