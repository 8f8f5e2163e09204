/** Which addresses a node may send to: a webhook is an address that somebody typed, and the node stands within a network. */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** An address that nothing is sent to; a sentence for people. */
export class AddressError extends Error {
  override readonly name = "AddressError";
}

const MAX_URL = 2000;
/** Networks that are not the public Internet's, by the registries of IANA. */
const PRIVATE_4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
/** Of IPv6, 2000::/3 is public but for these: documentation, and networks that carry IPv4 addresses within. */
const PRIVATE_6 = ["2001::/23", "2001:db8::/32", "2002::/16"];
const PUBLIC_6 = ["2000::/3"];

const refused = listOf(PRIVATE_4, PRIVATE_6);
const public6 = listOf([], PUBLIC_6);

/** Whether an address is one of the public Internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, "ipv4");
  // An IPv4 address within an IPv6 one is none of 2000::/3.
  return family === 6 && public6.check(address, "ipv6") && !refused.check(address, "ipv6");
}

/** Addresses that may be sent to although they are private: host names and addresses, by the setting. */
export type Allowed = ReadonlySet<string>;

/** An address as somebody typed it. What its name leads to is looked at when it is sent to. @throws AddressError */
export function readAddress(text: string, allowed: Allowed): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AddressError(
      `${JSON.stringify(text.slice(0, 100))} is no address: write it as https://example.org/path.`,
    );
  }
  if (text.length > MAX_URL) throw new AddressError(`The address is longer than ${MAX_URL} characters.`);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new AddressError(`The address begins with ${url.protocol}, and only https: and http: are sent to.`);
  if (url.username !== "" || url.password !== "")
    throw new AddressError(
      "The address has a name or a password in it: leave them out, what is sent is signed.",
    );
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isPublic(host) && !allowed.has(host)) throw new AddressError(privateWords(host));
  return url;
}

/** Finds a name's addresses for a connection, and refuses private ones: what is looked at is what is connected to. */
export function publicLookup(allowed: Allowed): LookupFunction {
  return (host, options, told) => {
    lookup(host, { ...options, all: true }, (failure, found) => {
      if (failure) return told(failure, "", 0);
      const good = allowed.has(host) ? found : found.filter(({ address }) => isPublic(address));
      const [first] = good;
      if (!first) return told(new AddressError(privateWords(host)), "", 0);
      if (options.all) (told as unknown as (failure: null, found: typeof good) => void)(null, good);
      else told(null, first.address, first.family);
    });
  };
}

/** The host of an address, without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function privateWords(host: string): string {
  return `${host} is an address within a network, not of the public Internet: whoever runs this node can allow it by EYEPIECE_FLOWS_WEBHOOK_ALLOW.`;
}

function listOf(four: readonly string[], six: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (nets: readonly string[], family: "ipv4" | "ipv6") => {
    for (const net of nets) {
      const [base = "", bits] = net.split("/");
      list.addSubnet(base, Number(bits), family);
    }
  };
  add(four, "ipv4");
  add(six, "ipv6");
  return list;
}
