/** For tests: a relay as a process of its own, which can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What the process says when it listens. */
export interface RelayFacts {
  readonly url: string;
  readonly port: number;
  readonly ownerLink: string;
  readonly nodeToken: string;
  readonly apiToken: string;
  readonly fingerprint: string | undefined;
}

/** A relay process; `kill` leaves its data, so that `start` brings the same relay back. */
export class RelayProcess {
  readonly #home = mkdtempSync(join(tmpdir(), "eyepiece-test-"));
  #child: ChildProcess | undefined;

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(port = 0, tls = ""): Promise<RelayFacts> {
    const script = fileURLToPath(new URL("../../../relay/src/testing/serve.ts", import.meta.url));
    // A server on port 0 keeps its port from being taken again for a while after it was killed.
    const chosen = port || (await freePort());
    const child = spawn(process.execPath, [script, String(chosen), this.#home, "lab-1", tls], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as RelayFacts;
    throw new Error("the relay ended before it listened");
  }

  /** Ends the process as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const over = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await over;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
