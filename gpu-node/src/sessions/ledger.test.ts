import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GpuLedger, LedgerRefusal } from "./ledger.ts";

const gpu = { id: "gpu0", name: "a GPU", bytes: 1000, encoders: 2 };
const ask = (bytes: number, holder = "a", more: object = {}) => ({
  device: "gpu0",
  use: "viewer" as const,
  holder,
  bytes,
  ...more,
});

describe("GpuLedger", () => {
  it("gives out no more than there is, and says who has it", async () => {
    const ledger = new GpuLedger([gpu]);
    await ledger.reserve(ask(700, "session one"));
    await expect(ledger.reserve(ask(400))).rejects.toThrow(LedgerRefusal);
    await expect(ledger.reserve(ask(400))).rejects.toThrow(/session one/);
    await ledger.reserve(ask(300));
    expect(ledger.report()[0]?.free).toBe(0);
  });

  it("asks holders to shrink, and grants what they let go", async () => {
    const ledger = new GpuLedger([gpu]);
    const asked: number[] = [];
    const shrink = async (bytes: number) => {
      asked.push(bytes);
      return Math.max(250, bytes);
    };
    await ledger.reserve(ask(900, "big", { shrink }));
    await ledger.reserve(ask(500, "new"));
    expect(asked).toEqual([500]);
    expect(ledger.report()[0]?.reservations.map((one) => one.bytes)).toEqual([500, 500]);
    await expect(ledger.reserve(ask(400, "third"))).rejects.toThrow(LedgerRefusal);
  });

  it("keeps an exclusive device whole, and serves those who wait in turn", async () => {
    const ledger = new GpuLedger([gpu]);
    const first = await ledger.reserve(ask(100));
    const order: string[] = [];
    const training = ledger.wait(ask(0, "training", { exclusive: true })).then((got) => {
      order.push("training");
      return got;
    });
    const later = ledger.wait(ask(10, "later")).then(() => order.push("later"));
    ledger.release(first.id);
    const held = await training;
    await expect(ledger.reserve(ask(1))).rejects.toThrow(/held whole by training/);
    expect(order).toEqual(["training"]);
    ledger.release(held.id);
    await later;
    expect(order).toEqual(["training", "later"]);
  });

  it("lets go of a wait that was given up", async () => {
    const ledger = new GpuLedger([gpu]);
    await ledger.reserve(ask(1000));
    const giveUp = new AbortController();
    const waiting = ledger.wait(ask(500), giveUp.signal);
    giveUp.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("counts encoders", async () => {
    const ledger = new GpuLedger([gpu]);
    const encoder = ask(0, "a", { use: "encoder" });
    await ledger.reserve(encoder);
    const second = await ledger.reserve(encoder);
    await expect(ledger.reserve(encoder)).rejects.toThrow(/2 encoders in use/);
    ledger.release(second.id);
    await ledger.reserve(encoder);
  });

  it("never gives out more than the device has, whatever the order", async () => {
    const step = fc.record({ bytes: fc.integer({ min: 1, max: 600 }), release: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const ledger = new GpuLedger([gpu]);
        const held: number[] = [];
        for (const { bytes, release } of steps) {
          const oldest = release ? held.shift() : undefined;
          if (oldest !== undefined) ledger.release(oldest);
          const got = await ledger.reserve(ask(bytes)).catch((cause: unknown) => {
            if (cause instanceof LedgerRefusal) return undefined;
            throw cause;
          });
          if (got) held.push(got.id);
          expect(ledger.report()[0]?.free).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
