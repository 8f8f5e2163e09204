/** Draws a Vega or Vega-Lite chart without `eval`. */
import embed, { type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

/** Draws into an element. @returns what ends the chart */
export async function draw(target: HTMLElement, spec: object, lite: boolean): Promise<() => void> {
  const result = await embed(target, spec as VisualizationSpec, {
    mode: lite ? "vega-lite" : "vega",
    ast: true,
    expr: expressionInterpreter,
    actions: { export: true, source: false, compiled: false, editor: false },
    renderer: "svg",
    // Data come with the chart: addresses in it would tell others who looks.
    loader: { http: { credentials: "omit" } },
  });
  return () => result.finalize();
}
