/** The parts of a stage's page in a real browser: its form, its curves over three axes, and what it came to. */
import { ContextProvider } from "@lit/context";
import { expect } from "chai";
import type { LitElement } from "lit";
import { preferencesContext } from "../services/contexts.ts";
import { Preferences } from "../services/preferences.ts";
import { until } from "../testing/page.ts";
import type { Benchmark, Setting } from "./api.ts";
import type { EpStageCurves } from "./stage-curves.ts";
import "./stage-curves.ts";
import type { EpStageForm } from "./stage-form.ts";
import "./stage-form.ts";
import type { EpStageResult } from "./stage-result.ts";
import "./stage-result.ts";

async function show<T extends LitElement>(tag: string, properties: Partial<T>): Promise<T> {
  const place = document.createElement("div");
  new ContextProvider(place, { context: preferencesContext, initialValue: new Preferences() });
  const element = Object.assign(document.createElement(tag) as T, properties);
  place.append(element);
  document.body.replaceChildren(place);
  await element.updateComplete;
  return element;
}
const all = (element: LitElement, selector: string) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

const SETTINGS: readonly Setting[] = [
  { name: "num_iterations", title: "Steps", least: 1, most: 1000, whole: true, default: 400 },
  { name: "learning_rate", title: "Learning rate", least: 1e-8, most: 1, whole: false, default: 0.003 },
];

describe("the form of a stage", () => {
  it("shows what holds, and begins with what was typed", async () => {
    const form = await show<EpStageForm>("ep-stage-form", {
      settings: SETTINGS,
      values: { num_iterations: 50 },
    });
    const fields = all(form, "input") as HTMLInputElement[];
    expect(fields.map(({ value }) => value)).to.deep.equal(["50", "0.003"]);
    expect(fields[0]?.labels?.[0]?.textContent?.trim()).to.equal("Steps");
    const begun: unknown[] = [];
    form.addEventListener("begin", (event) => begun.push((event as CustomEvent).detail));
    const [steps] = fields;
    if (steps) steps.value = "60";
    all(form, "button")[0]?.click();
    expect(begun).to.deep.equal([{ num_iterations: 60, learning_rate: 0.003 }]);
  });

  it("keeps the file that is chosen, also one that is not there any more, and sends none as none", async () => {
    const files = ["documents", "conversations"].map((name) => ({ name, title: name, format: "text" }));
    const form = await show<EpStageForm>("ep-stage-form", {
      ...{ settings: SETTINGS, files, values: { documents: "file-1" } },
    });
    const begun: unknown[] = [];
    form.addEventListener("begin", (event) => begun.push((event as CustomEvent).detail));
    const [documents] = all(form, "select") as HTMLSelectElement[];
    expect(documents?.selectedOptions[0]?.textContent).to.contain("was deleted");
    all(form, "button")[0]?.click();
    expect(begun).to.deep.equal([
      { num_iterations: 400, learning_rate: 0.003, documents: "file-1", conversations: "" },
    ]);
  });

  it("begins nothing that is out of range", async () => {
    const form = await show<EpStageForm>("ep-stage-form", { settings: SETTINGS, values: {} });
    const begun: unknown[] = [];
    form.addEventListener("begin", (event) => begun.push(event));
    for (const wrong of ["0", "1001", "2.5", ""]) {
      const steps = all(form, "input")[0] as HTMLInputElement;
      steps.value = wrong;
      all(form, "button")[0]?.click();
      expect(steps.validity.valid, wrong).to.equal(false);
    }
    expect(begun).to.deep.equal([]);
  });

  it("has no button where the stage cannot be begun, and says why", async () => {
    const form = await show<EpStageForm>("ep-stage-form", { settings: SETTINGS, why: "Run Dataset first." });
    expect(all(form, "button")).to.have.length(0);
    expect(form.shadowRoot?.textContent).to.contain("Run Dataset first.");
    form.disabled = true;
    await form.updateComplete;
    expect((all(form, "input") as HTMLInputElement[]).every(({ disabled }) => disabled)).to.equal(true);
  });
});

describe("the curves of a stage", () => {
  const metrics = {
    loss: { steps: [1, 2, 3], values: [6, 5, 4] },
    seconds: { steps: [1, 2, 3], values: [20, 40, 60] },
    odd: { steps: [1], values: [1] },
  };
  const words = async (curves: EpStageCurves) => {
    await curves.updateComplete;
    const [chart] = all(curves, "ep-chart") as LitElement[];
    await chart?.updateComplete;
    return chart?.shadowRoot?.querySelector(".plot")?.getAttribute("aria-label");
  };

  it("are drawn against steps, time, and what was measured", async () => {
    const curves = await show<EpStageCurves>("ep-stage-curves", {
      sources: [{ label: "a", metrics }],
      label: "Base",
    });
    expect(await words(curves)).to.equal("Base: loss: loss 4 at 3");
    await until("it is drawn", () => all(curves, "ep-chart")[0]?.shadowRoot?.querySelector("canvas") != null);
    all(curves, "button")[1]?.click();
    expect(await words(curves)).to.equal("Base: loss: loss 4 at 60");
    all(curves, "button")[2]?.click();
    expect(await words(curves)).to.equal(undefined);
    expect(curves.shadowRoot?.textContent).to.contain("loss was not measured against FLOPs");
    const names = (all(curves, "option") as HTMLOptionElement[]).map(({ value }) => value);
    expect(names).to.deep.equal(["loss", "odd"]);
  });

  it("of several runs are named by their runs", async () => {
    const sources = ["a", "b"].map((label) => ({ label, metrics }));
    const curves = await show<EpStageCurves>("ep-stage-curves", { sources, label: "Runs" });
    expect(await words(curves)).to.equal("Runs: loss: a 4 at 3, b 4 at 3");
  });
});

describe("what a stage came to", () => {
  const benchmarks: readonly Benchmark[] = [
    { id: "sums", title: "Arithmetic", about: "20 sums.", items: 20, chance: 0, better: "higher" },
  ];

  it("has scores with their sizes and how sure they are, and samples of the chosen step", async () => {
    const score = { score: 0.15, items: 20, margin: 0.154, examples: [] };
    const result = await show<EpStageResult>("ep-stage-result", {
      benchmarks,
      result: { benchmarks: { sums: score }, bits_per_byte: 0.5, peak_source: "measured" },
      samples: [
        { step: 20, samples: [{ prompt: "Ada had", text: " a cat" }] },
        { step: 10, samples: [{ prompt: "Ada had", text: " <b>x</b>" }] },
      ],
    });
    expect(all(result, "tbody td").map(({ textContent }) => textContent?.trim())).to.deep.equal([
      ...["Arithmetic", "15 % ± 15", "0 %", "20"],
    ]);
    expect(all(result, ".samples li")[0]?.textContent).to.equal("Ada had a cat");
    const select = all(result, "select")[0] as HTMLSelectElement;
    select.value = "10";
    select.dispatchEvent(new Event("change"));
    await result.updateComplete;
    // What a model wrote is text, never markup.
    expect(all(result, ".samples li")[0]?.textContent).to.equal("Ada had <b>x</b>");
    expect(result.shadowRoot?.textContent).to.contain("MFU is against");
  });

  it("is nothing before it came to anything", async () => {
    const result = await show<EpStageResult>("ep-stage-result", {});
    expect(all(result, "section")).to.have.length(0);
  });
});
