import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BITRATE, MIN_BITRATE, RateControl, START_BITRATE } from "./rate-control.ts";
import { LADDER, ResolutionControl } from "./resolution.ts";

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

describe("ResolutionControl", () => {
  it("finds the largest step that fits the time", () => {
    const control = new ResolutionControl(() => 45);
    for (let i = 0; i < 20; i++) {
      const fraction = control.choose("mip", 1_000_000);
      control.learn("mip", 1_000_000 * fraction ** 2, 800 * fraction ** 2);
    }
    expect(control.choose("mip", 1_000_000)).toBe(0.1875);
  });

  it("tells a picture's fixed cost from that of its pixels", () => {
    const control = new ResolutionControl(() => 60);
    let fraction = 0;
    for (let i = 0; i < 40; i++) {
      fraction = control.choose("mip", 900_000);
      control.learn("mip", 900_000 * fraction ** 2, 30 + 400 * fraction ** 2);
    }
    // 30 ms fixed and 25 of 400 ms for a quarter of the width: the next step would take 86.
    expect(fraction).toBe(0.25);
    expect(control.estimate("mip", 900_000)).toBeGreaterThan(200);
  });

  it("draws all pixels when that is quick, and few for a slow network", () => {
    const control = new ResolutionControl(() => 45);
    for (let i = 0; i < 10; i++) control.learn("2d", 1_000_000 * control.choose("2d", 1_000_000) ** 2, 5);
    expect(control.choose("2d", 1_000_000)).toBe(1);
    expect(control.choose("2d", 1_000_000, 200_000)).toBeLessThanOrEqual(0.5);
  });

  it("always answers with a step of the ladder", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { maxLength: 50 }), (costs) => {
        const control = new ResolutionControl(() => 12);
        for (const cost of costs) {
          control.learn("x", 1000, cost);
          expect(LADDER).toContain(control.choose("x", 2_000_000));
        }
      }),
    );
  });
});
