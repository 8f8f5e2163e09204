/**
 * A relay as a process of its own, for tests of other workspaces: `node serve.ts PORT HOME NODE`. Prints one line of JSON
 * {url, port, ownerLink, nodeToken, apiToken, fingerprint} when it listens, and runs until it is ended.
 */
import { join } from "node:path";
import { startRelay } from "../server.ts";

const [port = "0", home = "", name = "lab-1", tls = ""] = process.argv.slice(2);
const relay = await startRelay({
  port: Number(port),
  home,
  staticFolder: join(home, "none"),
  ...(tls === "self-signed" ? { tls } : {}),
});
const line = {
  url: relay.url,
  port: relay.port,
  ownerLink: relay.ownerLink(),
  nodeToken: relay.createToken({ kind: "node", name }),
  apiToken: relay.createToken({ kind: "api", name: "test" }),
  fingerprint: relay.fingerprint,
};
console.log(JSON.stringify(line));
process.once("SIGTERM", () => {
  relay.close().catch((cause: unknown) => {
    console.error(cause);
    process.exitCode = 1;
  });
});
