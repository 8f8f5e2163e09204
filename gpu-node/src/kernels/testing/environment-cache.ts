/** Where the environments of tests are. A file of its own: what asks for it only, as a measured gateway does, loads no kernels. */
import { fileURLToPath } from "node:url";

/** Environments of tests. */
export const ENVIRONMENT_CACHE = fileURLToPath(
  new URL("../../../../node_modules/.cache/eyepiece/environments", import.meta.url),
);
