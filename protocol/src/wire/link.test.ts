import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Channel } from "./channel.ts";
import { ProtocolError } from "./errors.ts";
import { frameMessage, Kind } from "./header.ts";
import { Link, type LinkOptions } from "./link.ts";
import { encodeMessage, wire } from "./messages.ts";

const hello = () => ({ protocolMin: 1, protocolMax: 1, role: "test" });

/** Two links and a wire between them that can be cut. */
class Wire {
  readonly a: Link;
  readonly b: Link;
  #generation = 0;

  constructor(onOpen: NonNullable<LinkOptions["onOpen"]>) {
    this.a = new Link({ hello });
    this.b = new Link({ hello, onOpen });
  }

  connect(): void {
    const generation = ++this.#generation;
    const to = (link: () => Link) => (message: Uint8Array) => {
      const copy = message.slice();
      setImmediate(() => {
        if (this.#generation === generation) link().receive(copy);
      });
    };
    this.a.attach({ send: to(() => this.b), bufferedAmount: 0, close: () => this.cut() });
    this.b.attach({ send: to(() => this.a), bufferedAmount: 0, close: () => this.cut() });
  }

  cut(): void {
    this.#generation += 1;
    this.a.detach();
    this.b.detach();
  }
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};
const next = (channel: Channel) =>
  new Promise<Uint8Array>((resolve) => {
    channel.onMessage = resolve;
  });

test("messages survive any number of breaks, in order and once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat(30), { maxLength: 5 }),
      async (sizes, cuts) => {
        const wires = new Wire((incoming) => {
          const channel = incoming.accept();
          channel.onMessage = (message) => channel.send(message);
        });
        wires.connect();
        const channel = wires.a.open({ service: "echo" });
        const got: number[] = [];
        const all = new Promise<void>((resolve) => {
          channel.onMessage = (message) => {
            got.push(message.byteLength);
            if (got.length === sizes.length) resolve();
          };
        });
        await turns(6);
        for (const size of sizes) channel.send(new Uint8Array(size));
        for (const cut of cuts) {
          await turns(cut);
          wires.cut();
          await turns(2);
          wires.connect();
        }
        await all;
        expect(got).toEqual(sizes);
        wires.a.dispose();
        wires.b.dispose();
      },
    ),
    { numRuns: 25 },
  );
});

test("arbitrary bytes throw nothing but the protocol's error", () => {
  const kind = fc.constantFrom(...Object.values(Kind));
  const shaped = fc
    .tuple(fc.nat(3), kind, fc.uint8Array({ maxLength: 80 }), fc.nat(3))
    .map(([channel, k, payload, flags]) => frameMessage(channel, k, payload, flags));
  void fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 64 }), shaped), { maxLength: 20 }),
      (messages) => {
        const link = new Link({ hello, onOpen: (incoming) => incoming.accept() });
        link.attach({ send() {}, bufferedAmount: 0, close() {} });
        link.open({ service: "x" });
        for (const message of messages) {
          try {
            link.receive(message);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
          }
        }
        link.dispose();
      },
    ),
    { numRuns: 1000 },
  );
});

test("a peer of another version is refused with a sentence, and stays so", () => {
  const reasons: (string | undefined)[] = [];
  const link = new Link({ hello, onState: (state, reason) => state === "refused" && reasons.push(reason) });
  link.attach({ send() {}, bufferedAmount: 0, close() {} });
  link.receive(frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, { protocolMin: 9, protocolMax: 9 })));
  link.detach();
  expect(link.state).toBe("refused");
  expect(reasons[0]).toContain("needs protocol 9");
});

test("nothing is sent before the other side has granted it", () => {
  const sent: number[] = [];
  const link = new Link({ hello });
  link.attach({ send: (message) => sent.push(message[4] ?? 0), bufferedAmount: 0, close() {} });
  link.receive(frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, hello())));
  const channel = link.open({ service: "x" });
  channel.send(new Uint8Array(100));
  link.receive(frameMessage(1, Kind.ACCEPT, encodeMessage(wire.Accept, { window: 50 })));
  expect(sent).toEqual([Kind.HELLO, Kind.OPEN]);
});

test("a RESUME by someone else, with other rights or for another service finds nothing", async () => {
  const identity = { userId: "u1", role: "user", rights: ["view"] };
  const key = new Uint8Array(16).fill(5);
  const tries = [
    { who: { ...identity, userId: "u2" }, service: "echo", lost: true },
    { who: { ...identity, rights: [] }, service: "echo", lost: true },
    { who: identity, service: "http", lost: true },
    { who: identity, service: "echo", lost: false },
  ];
  for (const { who, service, lost } of tries) {
    const answers: number[] = [];
    const link = new Link({ hello, onOpen: (incoming) => incoming.accept() });
    const attach = () =>
      link.attach({ send: (message) => answers.push(message[4] ?? 0), bufferedAmount: 0, close() {} });
    attach();
    link.receive(frameMessage(5, Kind.OPEN, encodeMessage(wire.Open, { key, service: "echo", identity })));
    link.detach();
    attach();
    link.receive(frameMessage(6, Kind.RESUME, encodeMessage(wire.Resume, { key, service, identity: who })));
    expect(answers.at(-1)).toBe(lost ? Kind.CLOSE : Kind.RESUME);
    link.dispose();
  }
});

test("pictures: two may be under way, and an acknowledgement makes room", async () => {
  let far: Channel | undefined;
  const wires = new Wire((incoming) => {
    far = incoming.accept();
  });
  wires.connect();
  const near = wires.a.open({ service: "frames", mode: wire.Mode.PIXELS });
  await turns(6);
  const first = next(near);
  expect(far?.ready()).toBe(true);
  far?.send(new Uint8Array(200_000));
  far?.send(new Uint8Array(10));
  expect(far?.ready()).toBe(false);
  expect((await first).byteLength).toBe(200_000);
  near.acknowledge();
  await turns(4);
  expect(far?.ready()).toBe(true);
  wires.cut();
  expect(await near.closed).toMatchObject({ code: "interrupted" });
});
