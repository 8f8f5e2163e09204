import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFrame, encodeFrame } from "../viewer/frame.ts";
import { ProtocolError } from "./errors.ts";
import {
  DataFlag,
  decodeCredit,
  encodeCredit,
  frameMessage,
  HEADER_BYTES,
  Kind,
  MAX_MESSAGE,
  payloadOf,
  readHeader,
  rewriteChannel,
} from "./header.ts";
import { decodeMessage, encodeMessage, node, viewer, wire } from "./messages.ts";
import { agreeVersion } from "./version.ts";

/** Runs `read`; anything it throws must be the protocol's own error. */
function onlyProtocolErrors(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}

const bytes = fc.uint8Array({ maxLength: 512 });
const TYPES = { ...wire, ...viewer, ...node } as unknown as Record<
  string,
  Parameters<typeof decodeMessage>[0]
>;
const MESSAGES = Object.entries(TYPES).filter(([, type]) => typeof type?.decode === "function");

describe("the header", () => {
  test("of arbitrary bytes is read or refused", () => {
    void fc.assert(
      fc.property(bytes, (message) => onlyProtocolErrors(() => readHeader(message))),
      { numRuns: 2000 },
    );
  });

  test("comes back as it was written, and a new channel id changes nothing else", () => {
    const channel = fc.nat(0xffffffff);
    const kind = fc.constantFrom(...Object.values(Kind));
    void fc.assert(
      fc.property(channel, channel, kind, fc.nat(0xffff), bytes, (first, second, k, flags, payload) => {
        const message = frameMessage(first, k, payload, flags);
        expect(readHeader(message)).toEqual({ channel: first, kind: k, flags });
        rewriteChannel(message, second);
        expect(readHeader(message)).toEqual({ channel: second, kind: k, flags });
        expect(payloadOf(message)).toEqual(payload);
      }),
    );
  });

  test("bounds a message", () => {
    expect(() => readHeader(new Uint8Array(HEADER_BYTES - 1))).toThrow(ProtocolError);
    const long = new Uint8Array(MAX_MESSAGE + 1);
    long[4] = Kind.DATA;
    expect(() => readHeader(long)).toThrow("longer");
    expect(readHeader(long.subarray(0, MAX_MESSAGE)).kind).toBe(Kind.DATA);
  });
});

describe("CREDIT", () => {
  test("comes back, for all offsets that a number holds", () => {
    const offset = fc.maxSafeNat();
    void fc.assert(
      fc.property(offset, offset, (received, limit) => {
        expect(decodeCredit(encodeCredit({ received, limit }))).toEqual({ received, limit });
      }),
    );
  });

  test("of arbitrary bytes is read or refused", () => {
    const some = fc.uint8Array({ minLength: 14, maxLength: 18 });
    void fc.assert(
      fc.property(some, (payload) => onlyProtocolErrors(() => decodeCredit(payload))),
      { numRuns: 2000 },
    );
  });
});

describe("protobuf messages", () => {
  test("of arbitrary bytes are read or refused, each type", () => {
    expect(MESSAGES.length).toBeGreaterThan(40);
    for (const [, type] of MESSAGES) {
      if (!type) continue;
      void fc.assert(
        fc.property(bytes, (payload) => onlyProtocolErrors(() => decodeMessage(type, payload))),
        {
          numRuns: 60,
        },
      );
    }
  });

  test("over their limit are not looked at", () => {
    const big = new Uint8Array(101);
    expect(() => decodeMessage(wire.Open, big, 100)).toThrow("longer than 100");
  });

  test("have numbers where the types say numbers, to 2^53", () => {
    const values = fc.maxSafeNat();
    void fc.assert(
      fc.property(values, values, (received, window) => {
        const resume = decodeMessage(wire.Resume, encodeMessage(wire.Resume, { received, window }));
        expect([resume.received, resume.window]).toEqual([received, window]);
      }),
    );
    // A field that is absent counts too: its default is part of the class, not of the message.
    expect(decodeMessage(wire.Open, new Uint8Array()).window).toBe(0);
  });
});

describe("a picture", () => {
  test("comes back with its head, without a copy", () => {
    const frame = fc.nat(0xffffffff);
    void fc.assert(
      fc.property(frame, fc.boolean(), bytes, (id, key, picture) => {
        const message = encodeFrame({ frame: id, key, codec: "avc1.42e01f", pose: { zoom: 1.5 } }, picture);
        const decoded = decodeFrame(message);
        expect(decoded.head).toMatchObject({ frame: id, key, codec: "avc1.42e01f", pose: { zoom: 1.5 } });
        expect(decoded.picture).toEqual(picture);
        expect(decoded.picture.buffer).toBe(message.buffer);
      }),
    );
  });

  test("of arbitrary bytes is read or refused", () => {
    void fc.assert(
      fc.property(bytes, (message) => onlyProtocolErrors(() => decodeFrame(message))),
      { numRuns: 2000 },
    );
  });

  test("may not claim a head that is longer than it, or than heads are", () => {
    for (const length of [5, 0x7fffffff, 0xffffffff]) {
      const message = new Uint8Array(8);
      new DataView(message.buffer).setUint32(0, length, true);
      expect(() => decodeFrame(message)).toThrow("does not fit");
    }
  });
});

describe("the version gate", () => {
  test("takes the highest that both speak", () => {
    const span = fc
      .tuple(fc.nat(20), fc.nat(20))
      .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
    void fc.assert(
      fc.property(span, span, (own, peer) => {
        const common = [...Array(21).keys()].filter(
          (v) => v >= own.min && v <= own.max && v >= peer.min && v <= peer.max,
        );
        const agree = () => agreeVersion({ protocolMin: peer.min, protocolMax: peer.max }, own.min, own.max);
        if (common.length > 0) expect(agree()).toBe(common.at(-1));
        else expect(agree).toThrow(expect.objectContaining({ name: "ChannelError", code: "refused" }));
      }),
    );
  });

  test("says what to do", () => {
    const old = { protocolMin: 0, protocolMax: 0, role: "browser", version: "0.0.9" };
    expect(() => agreeVersion(old, 1, 1)).toThrow(
      "This browser 0.0.9 speaks protocol 0 at most, and 1 is needed",
    );
    expect(() => agreeVersion({ protocolMin: 3, protocolMax: 4 }, 1, 2)).toThrow("update the relay");
  });
});

test("END is the only flag of DATA", () => {
  expect(Object.values(DataFlag)).toEqual([1]);
});
