/** Which web addresses a person may make this node read: not those inside its own network, unless they are listed. */
import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { Agent, fetch as undiciFetch } from "undici";

const inside = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  inside.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  inside.addSubnet(network, bits, "ipv6");
}

/** Whether an IP address is outside: neither loopback, private, link-local, multicast nor a disguise of those. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  // ::ffff:7f00:1 is the other way to write ::ffff:127.0.0.1; BlockList checks such against the IPv4 rules.
  return !inside.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** A fetch that reaches only what is allowed, on each redirect anew. */
export type GuardedFetch = (
  url: string,
  init?: { method?: string; headers?: Record<string, string>; signal?: AbortSignal },
) => Promise<Response>;

const MAX_REDIRECTS = 5;
const CONNECT_TIMEOUT_MS = 15_000;

/**
 * A fetch for addresses given by people. The name is resolved once and the connection made to that very address, so that
 * a name cannot change between check and use.
 * @param privateHosts `name` or `name:port` of hosts that may be reached although they are inside
 */
export function guardedFetch(privateHosts: readonly string[]): GuardedFetch {
  const listed = (url: URL): boolean =>
    privateHosts.includes(url.host) || privateHosts.includes(url.hostname);
  const guarded = new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: (hostname, options, callback) => {
        lookup(hostname, { ...options, all: true }, (error, addresses) => {
          if (error) {
            callback(error, "", 0);
            return;
          }
          const allowed = addresses.filter(({ address }) => isPublicAddress(address));
          const [first] = allowed;
          if (!first) callback(refusal(hostname), "", 0);
          else if (options.all) callback(null, allowed);
          else callback(null, first.address, first.family);
        });
      },
    },
  });
  const open = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });

  return async (address, init = {}) => {
    let url = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const parsed = URL.canParse(url) ? new URL(url) : undefined;
      if (!parsed || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) {
        throw new SourceError(`${url} is not a web address.`);
      }
      const host = parsed.hostname.replace(/^\[|\]$/g, "");
      const trusted = listed(parsed);
      // An address in numbers is not looked up, so it is checked here.
      if (!trusted && isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
      const response = await undiciFetch(parsed, {
        ...init,
        redirect: "manual",
        dispatcher: trusted ? open : guarded,
      }).catch((cause: unknown) => {
        init.signal?.throwIfAborted();
        const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
        if (inner instanceof SourceError) throw inner;
        const reason = inner instanceof Error ? inner.message : String(inner);
        throw new SourceError(`${parsed.host} cannot be reached: ${reason}.`, { cause });
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || !location)
        return response as unknown as Response;
      await response.body?.cancel();
      url = new URL(location, parsed).href;
    }
    throw new SourceError(`${address} redirects more than ${MAX_REDIRECTS} times.`);
  };
}

function refusal(host: string): SourceError {
  return new SourceError(
    `${host} is inside this node's own network: its owner can list it in the node's configuration to allow it.`,
  );
}
