/** What a stage begins from: jobs of earlier stages, and where an earlier try of the same stage got to. Pure. */
import type { Job } from "../jobs/job.ts";
import { type StageParams, stageOf } from "./kind.ts";
import { STAGE_FACTS, type Stage } from "./stages.ts";

/** The jobs that a stage begins from; undefined where one is missing. */
export function inputsOf(
  stage: Stage,
  done: (stage: Stage) => string | undefined,
): Record<string, string> | undefined {
  const { needs, oneOf } = STAGE_FACTS[stage];
  const inputs: Record<string, string> = {};
  for (const need of needs) {
    const job = done(need);
    if (job === undefined) return undefined;
    inputs[need] = job;
  }
  const model = oneOf?.map(done).find((job) => job !== undefined);
  if (oneOf && model === undefined) return undefined;
  if (model !== undefined) inputs.model = model;
  return inputs;
}

/** Jobs whose folders a stage's job reads. */
export function readBy(job: Job): string[] {
  const { inputs, resume } = stageOf(job);
  return [...Object.values(inputs), ...(resume === null ? [] : [resume])];
}

/** Whether a stage that is begun again may take up where the one before left off. */
export function goesOn(before: Job, params: StageParams): boolean {
  if (before.state === "succeeded" || !before.checkpoint) return false;
  const { settings, inputs } = stageOf(before);
  return JSON.stringify([settings, inputs]) === JSON.stringify([params.settings, params.inputs]);
}
