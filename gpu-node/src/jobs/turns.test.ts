/** Turns over random histories of many people's jobs, viewers, ends and calls off: the real scheduler, leases and ledger. */
import { setImmediate as later } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { GpuLedger } from "../sessions/ledger.ts";
import { fakeDevices, GpuLeases, type Lease } from "./leases.ts";
import { type Candidate, type Turn, Turns } from "./turns.ts";

const HISTORIES = 10_000;
const PEOPLE = ["ada", "bob", "eve"];
const LIMITS = { runningPerPerson: 3, withoutGpu: 2 };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("submit" as const),
      person: fc.constantFrom(...PEOPLE),
      gpus: fc.nat(4),
      priority: fc.integer({ min: -2, max: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("end" as const), at: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), at: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("view" as const), at: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close" as const), at: fc.nat(3) }) },
);

/** Jobs without programs: what the store and the manager do around turns. */
class World {
  readonly ledger: GpuLedger;
  readonly devices: readonly string[];
  readonly turns: Turns;
  readonly waiting: Candidate[] = [];
  readonly running = new Map<string, { turn: Turn; lease: Lease }>();
  readonly views: number[] = [];
  /** GPU jobs of others that began since a person with none has waited for one. */
  readonly passed = new Map<string, number>();
  readonly #served = new Map<string, number>();
  readonly #ordinal = new Map<string, number>();
  #starts = 0;
  #made = 0;

  constructor(gpus: number) {
    const devices = fakeDevices({ EYEPIECE_FAKE_GPUS: String(gpus) });
    this.devices = devices.map(({ id }) => id);
    this.ledger = new GpuLedger(devices);
    const source = { waiting: () => this.waiting, served: () => this.#served };
    this.turns = new Turns(
      new GpuLeases(this.ledger, this.devices),
      LIMITS,
      source,
      (turn) => void this.#begin(turn),
    );
  }

  submit(person: string, gpus: number, priority: number): string {
    const turn = (this.#ordinal.get(person) ?? 0) + 1;
    this.#ordinal.set(person, turn);
    const id = `j${this.#made++}`;
    this.waiting.push({ id, person, priority, turn, gpus });
    this.turns.schedule();
    return id;
  }

  /** As when a program ends. */
  finish(id: string): void {
    const found = this.running.get(id);
    if (!found) return;
    this.running.delete(id);
    found.lease.release();
    this.turns.end(found.turn);
    this.turns.schedule();
  }

  cancel(id: string): void {
    if (this.running.has(id)) {
      this.finish(id);
      return;
    }
    const at = this.waiting.findIndex((job) => job.id === id);
    if (at >= 0) this.waiting.splice(at, 1);
    this.turns.of(id)?.stop.abort(new Error("It was cancelled."));
    this.turns.schedule();
  }

  async #begin(turn: Turn): Promise<void> {
    const lease = await this.turns.acquire(turn);
    const at = this.waiting.findIndex(({ id }) => id === turn.id);
    if (!lease || turn.stop.signal.aborted || at < 0) {
      lease?.release();
      this.turns.end(turn);
      this.turns.schedule();
      return;
    }
    this.waiting.splice(at, 1);
    this.#served.set(turn.person, ++this.#starts);
    expect(lease.devices).toHaveLength(turn.gpus);
    this.running.set(turn.id, { turn, lease });
    for (const person of PEOPLE) {
      const waits = this.waiting.some((job) => job.person === person && job.gpus > 0);
      const has = this.turns.all().some((one) => one.person === person);
      if (!waits || has) this.passed.delete(person);
      else if (turn.gpus > 0) this.passed.set(person, (this.passed.get(person) ?? 0) + 1);
    }
  }

  /** What always holds. */
  check(): void {
    const owners = new Map<string, string>();
    for (const [id, { lease }] of this.running)
      for (const device of lease.devices) {
        expect(owners.get(device), `two owners of ${device}`).toBeUndefined();
        owners.set(device, id);
      }
    for (const { id, reservations } of this.ledger.report()) {
      const whole = reservations.filter(({ exclusive }) => exclusive);
      if (whole.length > 0) expect(reservations).toHaveLength(1);
      const owner = owners.get(id);
      if (owner) expect(whole[0]?.holder).toBe(owner);
    }
    for (const person of PEOPLE)
      expect(this.turns.all().filter((turn) => turn.person === person).length).toBeLessThanOrEqual(
        LIMITS.runningPerPerson,
      );
    const onCpu = this.turns.all().filter(({ gpus }) => gpus === 0);
    expect(onCpu.length).toBeLessThanOrEqual(LIMITS.withoutGpu);
    expect(
      this.turns.all().length - this.running.size - onCpu.filter(({ id }) => !this.running.has(id)).length,
    ).toBeLessThanOrEqual(1);
    // Whoever has nothing is passed by each other person at most once more than by those that had begun.
    for (const count of this.passed.values()) expect(count).toBeLessThanOrEqual(PEOPLE.length);
  }
}

it(`${HISTORIES} histories: never two owners, nobody beyond a limit, nobody passed over, and all come to an end`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 4 }),
      fc.array(step, { maxLength: 40 }),
      async (gpus, steps) => {
        const world = new World(gpus);
        for (const one of steps) {
          if (one.do === "submit") world.submit(one.person, one.gpus, one.priority);
          else if (one.do === "end") world.finish([...world.running.keys()][one.at] ?? "");
          else if (one.do === "cancel")
            world.cancel([...world.waiting.map(({ id }) => id), ...world.running.keys()][one.at] ?? "");
          else if (one.do === "view") {
            const device = world.devices[one.at];
            const held = world.ledger.report().find(({ id }) => id === device)?.reservations;
            if (device && held?.every(({ exclusive }) => !exclusive))
              world.views.push(
                (await world.ledger.reserve({ device, use: "viewer", holder: "v", bytes: 1 })).id,
              );
          } else for (const id of world.views.splice(one.at, 1)) world.ledger.release(id);
          await later();
          world.check();
        }
        // Viewers go; what runs ends, one after another, while somebody hands in more and more.
        for (const id of world.views.splice(0)) world.ledger.release(id);
        await later();
        const mine = new Set(world.waiting.map(({ id }) => id));
        const all = mine.size;
        for (let round = 0; mine.size > 0; round++) {
          expect(round, "a job waits for ever").toBeLessThanOrEqual(12 * (all + 2));
          if (round < 10) world.submit("ada", round % 5, 2);
          world.finish([...world.running.keys()][0] ?? "");
          await later();
          world.check();
          for (const id of mine) if (!world.waiting.some((job) => job.id === id)) mine.delete(id);
        }
        for (const { id } of [...world.waiting]) world.cancel(id);
        for (const id of [...world.running.keys()]) world.finish(id);
        await later();
        for (const id of [...world.running.keys()]) world.finish(id);
        await later();
        expect(world.ledger.report().flatMap(({ reservations }) => reservations)).toEqual([]);
        expect(world.turns.all()).toEqual([]);
      },
    ),
    { numRuns: HISTORIES },
  );
}, 600_000);
