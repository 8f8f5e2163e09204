/** The form of a job as the body of OpenAI's request. Pure. */
import type { Method } from "./api.ts";

/** The fields, as text; absent and empty alike leave it to the node. */
export interface JobForm {
  readonly model: string;
  readonly training_file: string;
  readonly method: Method;
  readonly [name: string]: string | undefined;
}

/** A grader to begin with: what it is called with, and what it has to give. */
export const PYTHON_GRADER = `def grade(sample, item):
    """sample["output_text"] is what the model wrote, item the line of the file."""
    return 1.0 if item["answer"] in sample["output_text"] else 0.0
`;

const NUMBERS = ["n_epochs", "max_steps", "batch_size", "learning_rate"] as const;
const OUTER = ["num_gpus", "gpu_memory_gb", "seed", "priority"] as const;

/** @throws Error when the further hyperparameters are no JSON object */
export function jobBody(form: JobForm): Record<string, unknown> {
  const hyperparameters: Record<string, unknown> = {
    ...numbers(form, NUMBERS),
    ...(form.lora && { lora: true }),
    ...further(form.further ?? ""),
  };
  const method = {
    type: form.method,
    [form.method]: {
      hyperparameters,
      ...(form.method === "reinforcement" && { grader: { type: "python", source: form.grader ?? "" } }),
    },
  };
  return {
    ...{ model: form.model, training_file: form.training_file, method },
    ...(form.validation_file && { validation_file: form.validation_file }),
    ...(form.suffix && { suffix: form.suffix }),
    ...numbers(form, OUTER),
    ...(form.ray_workers?.trim() && {
      ray: { num_workers: Number(form.ray_workers), use_gpu: form.ray_gpu !== undefined },
    }),
  };
}

function numbers(form: JobForm, names: readonly string[]): Record<string, number> {
  const given: Record<string, number> = {};
  for (const name of names) {
    const text = form[name]?.trim() ?? "";
    if (text !== "") given[name] = Number(text);
  }
  return given;
}

function further(text: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`The further hyperparameters are no JSON: ${(cause as Error).message}.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error('The further hyperparameters have to be an object: {"name": value}.');
  return value as Record<string, unknown>;
}
