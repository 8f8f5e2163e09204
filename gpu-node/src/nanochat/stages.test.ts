import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeSettings, ENGINES, STAGE_FACTS, STAGES, settingsFor } from "./stages.ts";

describe("the settings of stages", () => {
  it("hold by themselves, on a CPU and on a GPU, for both engines", () => {
    for (const stage of STAGES)
      for (const engine of ENGINES)
        for (const gpu of [false, true]) {
          const full = completeSettings(stage, engine, {}, gpu);
          expect(Object.keys(full)).toEqual(settingsFor(stage, engine).map(({ name }) => name));
        }
  });

  it("are what was said where something was, and refused where it is out of range or not known", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STAGES),
        fc.constantFrom(...ENGINES),
        fc.dictionary(
          fc.oneof(
            fc.constantFrom("depth", "seed", "num_iterations", "learning_rate", "device_batch_size"),
            fc.string(),
          ),
          fc.double({ noNaN: true }),
        ),
        (stage, engine, given) => {
          const known = settingsFor(stage, engine);
          const right = Object.entries(given).every(([name, value]) => {
            const setting = known.find((one) => one.name === name);
            return (
              setting !== undefined &&
              value >= setting.least &&
              value <= setting.most &&
              (!setting.whole || Number.isInteger(value))
            );
          });
          try {
            expect(completeSettings(stage, engine, given, false)).toMatchObject(given);
            expect(right).toBe(true);
          } catch (cause) {
            // Of RL also what does not fit together.
            if (right && stage !== "rl") throw cause;
            expect(String(cause)).toMatch(/has no setting|must be a/);
          }
        },
      ),
    );
  });

  it("says what does not fit together", () => {
    expect(() => completeSettings("rl", "bundled", { device_batch_size: 10, num_samples: 4 }, false)).toThrow(
      /multiple of num_samples \(4\)/,
    );
  });

  it("needs only stages that come before", () => {
    for (const [at, stage] of STAGES.entries())
      for (const need of [...STAGE_FACTS[stage].needs, ...(STAGE_FACTS[stage].oneOf ?? [])])
        expect(STAGES.indexOf(need)).toBeLessThan(at);
  });
});
