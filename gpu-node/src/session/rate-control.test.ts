import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BITRATE, MIN_BITRATE, RateControl, START_BITRATE } from "./rate-control.ts";

/** Sends pictures sized by the controller's own rate through a pipe of `bits(second)` per second. */
function simulate(bits: (second: number) => number, seconds: number): RateControl {
  const control = new RateControl();
  const acks: number[] = [];
  let free = 0;
  for (let now = 0; now < seconds * 1000; now++) {
    while (acks[0] !== undefined && acks[0] <= now) {
      acks.shift();
      control.acknowledged(1, now);
    }
    if (control.inFlight >= 2) continue;
    const bytes = control.bitrate / 8 / 30;
    control.sent(bytes, now);
    free = Math.max(free, now) + (bytes * 8000) / bits(now / 1000);
    acks.push(free + 20);
  }
  return control;
}

describe("RateControl", () => {
  it("comes down to what a slow network takes", () => {
    const control = simulate(() => 1_000_000, 20);
    expect(control.bitrate).toBeLessThan(4_000_000);
    expect(control.throughput).toBeGreaterThan(300_000);
    expect(control.throughput).toBeLessThan(2_000_000);
  });

  it("rises on a fast one", () => {
    expect(simulate(() => 1_000_000_000, 10).bitrate).toBe(MAX_BITRATE);
  });

  it("rises again when the network recovers", () => {
    const low = simulate(() => 500_000, 20).bitrate;
    const control = simulate((second) => (second < 20 ? 500_000 : 1_000_000_000), 40);
    expect(control.bitrate).toBeGreaterThan(Math.max(low * 2, START_BITRATE));
  });

  it("stays within its bounds whatever happens", () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const control = new RateControl();
        let now = 0;
        for (const [wait, bytes, ack] of steps) {
          now += wait;
          if (ack) control.acknowledged(1, now);
          else control.sent(bytes, now);
          expect(control.bitrate).toBeGreaterThanOrEqual(MIN_BITRATE);
          expect(control.bitrate).toBeLessThanOrEqual(MAX_BITRATE);
          expect(control.inFlight).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
