/** The order of the unit tests' files: those that take longest first, so that none of them runs alone at the end while a core waits. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Of both projects, the longest first; Vitest knows how long files take only where it has run before, and else goes by their size. */
const LONGEST = [
  "flows/ray/serve.test.ts",
  "flows/ray/ray.test.ts",
  "flows/ray/machines.test.ts",
  "flows/survival.test.ts",
  "flows/ray/shared-network.test.ts",
  "jobs/turns.test.ts",
  "flows/panel.test.ts",
  "kernels/survival.test.ts",
  "trainer/fine-tuning/survival.test.ts",
  "nanochat/nanochat.test.ts",
  "trainer/fine-tuning/cluster.test.ts",
  "trainer/grpo/grpo.test.ts",
  "trainer/fine-tuning/several.test.ts",
  "trainer/grpo/several.test.ts",
  "trainer/fine-tuning/images.test.ts",
  "nanochat/several.test.ts",
  "inference/inference.test.ts",
  "nanochat/engines/converted.test.ts",
  "trainer/fine-tuning/tuning.test.ts",
  "trainer/limits.test.ts",
];

const place = ({ moduleId }: TestSpecification): number => {
  const found = LONGEST.findIndex((end) => moduleId.endsWith(`/${end}`));
  return found < 0 ? LONGEST.length : found;
};

/** See the file's comment. */
export default class LongestFirst extends BaseSequencer {
  /** Those of the list in its order, and the others behind them as Vitest has them. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
