import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressError, isPublic, publicLookup, readAddress } from "./addresses.ts";

const none = new Set<string>();
const refused = (text: string, allowed = none) => {
  try {
    readAddress(text, allowed);
    return "";
  } catch (cause) {
    return (cause as AddressError).message;
  }
};

describe("an address that is to be told", () => {
  it.each([
    ...[
      "http://127.0.0.1/",
      "http://2130706433/",
      "http://0x7f.1/",
      "http://0177.0.0.1/",
      "http://10.1.2.3/",
    ],
    ...[
      "http://169.254.169.254/latest/meta-data",
      "http://[::1]/",
      "http://[::ffff:127.0.0.1]/",
      "http://0/",
    ],
    ...["http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"],
  ])("is not within a network: %s", (text) => {
    expect(refused(text)).toContain("EYEPIECE_FLOWS_WEBHOOK_ALLOW");
  });

  it("is of the web, without a password, and short enough", () => {
    expect(refused("ftp://example.org/")).toContain("ftp:");
    expect(refused("file:///etc/passwd")).toContain("file:");
    expect(refused("https://user:pass@example.org/")).toContain("password");
    expect(refused("nonsense")).toContain("https://example.org/path");
    expect(refused(`https://example.org/${"x".repeat(2000)}`)).toContain("2000");
    expect(refused("https://93.184.216.34/x")).toBe("");
    expect(refused("http://127.0.0.1:99/", new Set(["127.0.0.1"]))).toBe("");
  });

  it("is refused where its name leads into a network, when it is connected to", async () => {
    const find = (allowed: ReadonlySet<string>) =>
      new Promise<string>((resolve) => {
        publicLookup(allowed)("localhost", { all: true }, (failure, found) =>
          resolve(failure ? failure.message : JSON.stringify(found)),
        );
      });
    expect(await find(none)).toContain("localhost is an address within a network");
    expect(await find(new Set(["localhost"]))).toContain("address");
  });

  it("is private wherever an IPv4 address is, however it is written", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublic(`::ffff:${address}`)).toBe(false);
        const there = refused(`http://${address}/`) === "";
        expect(there).toBe(isPublic(address));
      }),
    );
  });

  it("is whatever people type, or a sentence", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        try {
          expect(readAddress(text, none)).toBeInstanceOf(URL);
        } catch (cause) {
          expect(cause).toBeInstanceOf(AddressError);
        }
      }),
    );
  });
});
