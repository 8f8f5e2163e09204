/** The room, put together: what the trainer needs of it. */
import { join } from "node:path";
import type { ModelServer } from "../inference/serving/model-server.ts";
import type { JobManager } from "../jobs/manager.ts";
import type { JobKind } from "../jobs/options.ts";
import type { Environments } from "../kernels/environment/environments.ts";
import type { JobDevice } from "../trainer/devices.ts";
import type { FileStore } from "../trainer/files/store.ts";
import type { Person } from "../trainer/http/person.ts";
import type { TrainerRoutes } from "../trainer/http/router.ts";
import type { ModelSource } from "../trainer/models.ts";
import { bundledEngine } from "./engines/bundled.ts";
import { checkoutEngine, checkoutSettings } from "./engines/checkout.ts";
import { Evaluations } from "./evaluations.ts";
import { EVALUATION, evaluationKind, type KindContext, STAGE, stageKind } from "./kind.ts";
import { RunModels } from "./models.ts";
import { Pipeline } from "./pipeline.ts";
import { platformRoutes } from "./platform.ts";
import { nanochatRoutes } from "./routes.ts";
import { RunStore } from "./store.ts";

/** What the room stands on. */
export interface NanochatOptions {
  /** The room's own folder. */
  readonly folder: string;
  readonly environments: Environments;
  readonly devices: readonly JobDevice[];
  readonly files: FileStore;
  readonly jobs: () => JobManager;
  /** All models of the node. */
  readonly models: () => ModelSource;
  readonly log: (line: string) => void;
}

/** See the file's comment. */
export interface NanochatRoom {
  readonly kinds: Readonly<Record<string, JobKind>>;
  /** Models of runs. The job manager must be there. */
  models(): ModelSource;
  /** Goes on with runs, and answers. The job manager is open. */
  open(inference: ModelServer): TrainerRoutes;
  /** How many runs somebody has. */
  count(person: Person): number;
  /** Forgets somebody's runs; their jobs are removed by the manager. */
  forget(person: Person): void;
  close(): void;
}

/** Makes the room. */
export function nanochatRoom(options: NanochatOptions): NanochatRoom {
  const store = new RunStore(join(options.folder, "runs.sqlite"));
  const engines = {
    bundled: bundledEngine(options.environments),
    checkout: checkoutEngine(checkoutSettings(process.env), join(options.folder, "checkouts")),
  };
  const context: KindContext = {
    ...{ engines, devices: options.devices, jobs: options.jobs, models: options.models },
    ...{ files: options.files, environments: options.environments },
  };
  let pipeline: Pipeline | undefined;
  return {
    kinds: { [STAGE]: stageKind(context), [EVALUATION]: evaluationKind(context) },
    models: () => new RunModels(options.jobs(), store),
    open: (inference) => {
      const jobs = options.jobs();
      const models = options.models();
      const evaluations = new Evaluations(jobs, models);
      pipeline = new Pipeline(jobs, store, engines, options.log);
      pipeline.open();
      const own = nanochatRoutes(jobs, pipeline, evaluations, engines, options.files);
      const platform = platformRoutes({ jobs, inference, models, evaluations, engines });
      return (router) => {
        own(router);
        platform(router);
      };
    },
    count: (person) => store.list(person.id).length,
    forget: (person) => {
      for (const { id } of store.list(person.id)) store.remove(id);
    },
    close: () => {
      pipeline?.close();
      store.close();
    },
  };
}
