/** The services that come along: small ones, to see what flows are. */
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Exposes } from "./exposes.ts";

/** Where they lie. */
export const SAMPLES = fileURLToPath(new URL("../../../../notebooks/flows", import.meta.url));
const NAMES = ["hymn", "review"];

/** Exposes those that are not there. One that an operator has switched off, or changed, stays as it is. */
export function exposeSamples(exposes: Exposes, folder = SAMPLES, names: readonly string[] = NAMES): void {
  for (const name of names) {
    const bootstrap = stringify({ name, import_path: `${name}:app`, runtime_env: { working_dir: folder } });
    const there = exposes.find(name);
    const settings = { name, display: null, network: null, enabled: true, bootstrap };
    if (!there) exposes.put(settings, undefined);
    // The installation may have moved.
    else if (there.bootstrap !== bootstrap && there.bootstrap?.includes(`import_path: ${name}:app`))
      exposes.put({ ...settings, enabled: there.enabled }, there.etag);
  }
}
