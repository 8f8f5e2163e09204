/** GPUs leased to jobs beside viewers, over random histories. */

import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GpuLedger, LedgerRefusal } from "../sessions/ledger.ts";
import { fakeDevices, GpuLeases, type Lease } from "./leases.ts";

const devices = fakeDevices({ EYEPIECE_FAKE_GPUS: "4" });
const ids = devices.map(({ id }) => id);

const step = fc.oneof(
  fc.record({ do: fc.constant("want" as const), count: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ do: fc.constant("end" as const), at: fc.nat(7) }),
  fc.record({ do: fc.constant("give up" as const) }),
  fc.record({ do: fc.constant("view" as const), device: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant("close" as const), at: fc.nat(7) }),
);

/** Nobody shares a device that a job has, and none is held that nobody knows of. */
function check(ledger: GpuLedger, leases: readonly Lease[], collecting: boolean): void {
  for (const { id, reservations } of ledger.report()) {
    const whole = reservations.filter(({ exclusive }) => exclusive);
    if (whole.length > 0) expect(reservations).toHaveLength(1);
    const owners = leases.filter((lease) => lease.devices.includes(id)).length;
    expect(owners).toBeLessThanOrEqual(1);
    if (!collecting) expect(whole).toHaveLength(owners);
  }
}

describe("leases", () => {
  it("never have two owners, never take from a viewer, and come when others end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const ledger = new GpuLedger(devices);
        const pool = new GpuLeases(ledger, ids);
        const leases: Lease[] = [];
        const views: number[] = [];
        let wish: { stop: AbortController; done: Promise<void> } | undefined;
        for (const one of steps) {
          if (one.do === "want" && !wish) {
            const stop = new AbortController();
            const done = pool
              .acquire("job", one.count, stop.signal)
              .then(
                (lease) => {
                  expect(lease.devices).toHaveLength(one.count);
                  leases.push(lease);
                },
                (cause: unknown) => expect(cause).toBe(stop.signal.reason),
              )
              .finally(() => {
                wish = undefined;
              });
            wish = { stop, done };
          } else if (one.do === "end") leases.splice(one.at, 1)[0]?.release();
          else if (one.do === "give up") wish?.stop.abort(new Error("Given up."));
          else if (one.do === "view") {
            try {
              const { id } = await ledger.reserve({
                ...{ device: one.device, use: "viewer", holder: "v", bytes: 1 },
              });
              views.push(id);
            } catch (cause) {
              expect(cause).toBeInstanceOf(LedgerRefusal);
            }
          } else if (one.do === "close") for (const id of views.splice(one.at, 1)) ledger.release(id);
          await turn();
          expect(
            ledger
              .report()
              .flatMap((d) => d.reservations)
              .filter((r) => r.use === "viewer"),
          ).toHaveLength(views.length);
          check(ledger, leases, wish !== undefined);
        }
        // All others end: whoever still waits is served.
        for (const id of views) ledger.release(id);
        for (const lease of leases.splice(0)) lease.release();
        await wish?.done;
        check(ledger, leases, false);
        for (const lease of leases) lease.release();
        expect(ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
