/** How the trainer's programs in Python are started: in the environment `eyepiece-train`, from where they lie. */
import { join } from "node:path";
import type { JobProgram } from "../jobs/child.ts";
import { type Environments, PYTHON_PROJECT } from "../kernels/environment/environments.ts";

/** The environment that trains. */
export const TRAIN = "eyepiece-train";

/** Where the programs in Python lie. */
export const SOURCES = join(PYTHON_PROJECT, "src");
/** How often the making of an environment is told. */
const TELL_EVERY_MS = 2000;

/** What one program reads and sees. */
export interface Seen {
  readonly readOnly: readonly string[];
  /** `CUDA_VISIBLE_DEVICES`. */
  readonly cuda: string;
}

/** `python -m MODULE`; the environment `name` is made first where it is not there. @throws EnvironmentError with a sentence */
export async function pythonProgram(
  environments: Environments,
  module: string,
  seen: Seen,
  tell: (message: string) => void,
  name = TRAIN,
): Promise<JobProgram> {
  let told = 0;
  const environment = await environments.ensure(name, (message) => {
    if (Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    tell(message);
  });
  const threads = process.env.OMP_NUM_THREADS;
  return {
    argv: [environment.python, "-m", module],
    env: {
      ...{ PYTHONPATH: SOURCES, PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: seen.cuda },
      // Threads that wait give their core away: several jobs and a viewer share a machine.
      ...{ OMP_WAIT_POLICY: "PASSIVE", ...(threads && { OMP_NUM_THREADS: threads }) },
    },
    readOnly: [environment.folder, ...environment.needs, SOURCES, ...seen.readOnly],
  };
}
