/** Which service of which node an address of the relay means. */
import type { Target } from "./http.ts";

const SERVICE = /^\/services\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(\/.*)?$/;
const NODE = /^\/nodes\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(\/.*)$/;

/** The service that answers OpenAI's and Arbor's addresses. */
export const TRAINER = "trainer";

/** Whether a path is one of OpenAI's and Arbor's, with or without a node before it: their errors have a shape of their own. */
export function isTrainerPath(path: string): boolean {
  return /^(\/nodes\/[^/]+)?\/(v1|monitor)(\/|$)/.test(path);
}

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
  if (isTrainerPath(rest)) return to(TRAINER, rest, "");
  if (rest === "/api/flows" || rest.startsWith("/api/flows/")) {
    return to("flows", rest.slice("/api/flows".length), "/api/flows");
  }
  const [, service, inner] = named === undefined ? [] : (SERVICE.exec(rest) ?? []);
  return service === undefined ? undefined : to(service, inner ?? "/", `/services/${service}`);
}

/** Segments that lead up or nowhere, also as percent signs write them, and behind a backslash, which a URL takes for a slash. */
const LEADS_ELSEWHERE = /(?:^|[/\\])(?:\.|%2e){1,2}(?=[/\\]|$)/i;

/**
 * Whether a path is not the one that a service may read in it. Rights are decided by the path as it is here, and a service's URL parser would put
 * it straight behind that. Browsers and `fetch` never send such a path.
 */
export function leadsElsewhere(path: string): boolean {
  // A URL's parser leaves these out before it looks.
  return LEADS_ELSEWHERE.test(path.replaceAll(/[\t\n\r]/g, ""));
}
