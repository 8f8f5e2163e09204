/** The bundled engine: transformers' NanoChat model, tokenizers and TRL, in the node's own environment. It fetches nothing. */
import type { Environments } from "../../kernels/environment/environments.ts";
import { pythonProgram, TRAIN } from "../../trainer/python.ts";
import type { Engine } from "./engine.ts";

/** The engine. */
export function bundledEngine(environments: Environments): Engine {
  return {
    title: "Bundled",
    status: () => ({
      available: true,
      message: environments.ready(TRAIN)
        ? "The bundled engine: transformers' NanoChat model, tokenizers and TRL, offline."
        : "The bundled engine makes its Python environment (several gigabytes) when the first stage runs.",
    }),
    program: async ({ readOnly, cuda, processes, tell }) => {
      const module = processes > 1 ? "eyepiece_trainer.launch" : "eyepiece_nanochat";
      return { program: await pythonProgram(environments, module, { readOnly, cuda }, tell) };
    },
  };
}
