/** Which service of which node an address of the relay means. */
import type { Target } from "./http.ts";

const SERVICE = /^\/services\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(\/.*)?$/;
const NODE = /^\/nodes\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(\/.*)$/;

/**
 * The target of an address on the app's origin; undefined when it is not for a service.
 * @param chosen the header X-Eyepiece-Node
 */
export function targetOf(path: string, query: string, chosen: string): Target | undefined {
  const [, named, below] = NODE.exec(path) ?? [];
  const node = named ?? chosen;
  const nodePrefix = named === undefined ? "" : `/nodes/${named}`;
  const rest = below ?? path;
  const to = (service: string, inner: string, cut: string): Target => ({
    node,
    service,
    path: (inner || "/") + (query ? `?${query}` : ""),
    prefix: nodePrefix + cut,
    own: true,
  });
  // The bases that existing clients are configured with: /v1 belongs to the paths of its programs, /api/flows does not.
  if (rest === "/v1" || rest.startsWith("/v1/")) return to("openai", rest, "");
  if (rest === "/api/flows" || rest.startsWith("/api/flows/")) {
    return to("flows", rest.slice("/api/flows".length), "/api/flows");
  }
  const [, service, inner] = named === undefined ? [] : (SERVICE.exec(rest) ?? []);
  return service === undefined ? undefined : to(service, inner ?? "/", `/services/${service}`);
}
