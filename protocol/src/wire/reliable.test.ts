import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ProtocolError } from "./errors.ts";
import { MAX_ASSEMBLED, MAX_DATA } from "./header.ts";
import { CHANNEL_WINDOW, ReliableReceiver, ReliableSender } from "./reliable.ts";

const message = fc.tuple(fc.integer({ min: 1, max: 200_000 }), fc.nat(255));
const event = fc.constantFrom("send", "send", "send", "credit", "old credit", "break");

test("whatever is lost on the way, all messages arrive once and in order", () => {
  void fc.assert(
    fc.property(
      fc.array(message, { maxLength: 12 }),
      fc.array(event, { maxLength: 200 }),
      (messages, events) => {
        const sender = new ReliableSender();
        const receiver = new ReliableReceiver();
        const arrived: Uint8Array[] = [];
        for (const [size, fill] of messages) sender.push(new Uint8Array(size).fill(fill));
        const earlier = receiver.grant();
        let lost = false;
        const step = (what: string): void => {
          if (what === "send") {
            const segment = sender.take();
            // After a break that neither side has noticed yet, what is sent goes nowhere.
            if (!segment || lost) return;
            expect(segment.bytes.byteLength).toBeLessThanOrEqual(MAX_DATA);
            const whole = receiver.receive(segment.bytes, segment.flags);
            if (whole) arrived.push(whole.slice());
            receiver.consume();
          } else if (what === "credit") {
            if (!lost) sender.credit(receiver.grant());
          } else if (what === "old credit") sender.credit(earlier);
          else if (lost) {
            const { received, limit } = receiver.grant();
            sender.resume(received, limit);
            lost = false;
          } else lost = true;
        };
        for (const each of events) step(each);
        if (lost) step("break");
        while (sender.pending > 0) {
          step("send");
          step("credit");
        }
        expect(arrived.map((bytes) => [bytes.byteLength, bytes[0]])).toEqual(messages);
      },
    ),
    { numRuns: 60 },
  );
});

test("a sender stays within what it was granted", () => {
  const sender = new ReliableSender(100_000);
  sender.push(new Uint8Array(300_000));
  expect(sender.take()?.bytes.byteLength).toBe(MAX_DATA);
  expect(sender.take()).toBeUndefined();
  sender.credit({ received: 0, limit: 131_072 });
  expect(sender.take()?.offset).toBe(MAX_DATA);
  expect(sender.take()).toBeUndefined();
});

test("a receiver takes no more than it granted, and nothing is kept for a flood", () => {
  const receiver = new ReliableReceiver();
  for (let i = 0; i < CHANNEL_WINDOW / MAX_DATA; i++) receiver.receive(new Uint8Array(MAX_DATA), 0);
  expect(() => receiver.receive(new Uint8Array(1), 0)).toThrow(ProtocolError);
});

test("credits for bytes that were never written, and impossible resumes, are refused", () => {
  const sender = new ReliableSender();
  sender.push(new Uint8Array(10));
  expect(() => sender.credit({ received: 11, limit: 0 })).toThrow(ProtocolError);
  sender.take();
  sender.credit({ received: 10, limit: 0 });
  expect(() => sender.resume(0, 100)).toThrow(ProtocolError);
  expect(() => sender.resume(11, 100)).toThrow(ProtocolError);
});

test("messages have at least one byte and at most the bound", () => {
  const sender = new ReliableSender();
  expect(() => sender.push(new Uint8Array())).toThrow(ProtocolError);
  expect(() => sender.push(new Uint8Array(MAX_ASSEMBLED + 1))).toThrow(ProtocolError);
});
