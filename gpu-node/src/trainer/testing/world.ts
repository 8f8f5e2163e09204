/** What tests of the trainer share: a relay, a node's end of the tunnel, and a server behind both doors. */
import { type Dialled, dialRelay } from "../../link/dial.ts";
import { type RelayFacts, RelayProcess } from "../../link/relay-process.ts";
import { serveHttpChannel } from "../../services/http.ts";
import type { KernelKeys } from "../http/kernel-keys.ts";
import type { TrainerMounts } from "../http/router.ts";
import { startTrainerServer, type TrainerServer } from "../server.ts";

/** Something behind the doors. */
type Served = Pick<TrainerServer, "address" | "port"> & { close(): void | Promise<void> };

/** A server that can be asked through the relay and on the loopback. */
export class TrainerWorld {
  readonly #relay = new RelayProcess();
  readonly logged: string[] = [];
  relay!: RelayFacts;
  server!: Served;
  #node: Dialled | undefined;
  #cookie: string | undefined;

  readonly log = (line: string): void => {
    this.logged.push(line);
  };

  /** Starts with some rooms. @param kernels that may use the loopback, too */
  start(mounts: TrainerMounts, kernels?: KernelKeys): Promise<void> {
    return this.serve(({ url, nodeToken: token }) =>
      startTrainerServer({
        mounts,
        relay: { url, token },
        port: 0,
        log: this.log,
        ...(kernels && { kernels }),
      }),
    );
  }

  /** Starts with whatever is made for the relay. */
  async serve(make: (relay: RelayFacts) => Promise<Served>): Promise<void> {
    this.relay = await this.#relay.start();
    this.server = await make(this.relay);
    this.#node = dialRelay({
      ...{ relayUrl: this.relay.url, token: this.relay.nodeToken, name: "lab-1", version: "test" },
      facts: () => ({ services: ["http", "trainer"] }),
      onOpen: (incoming) =>
        serveHttpChannel(incoming.accept(), (name) => (name === "trainer" ? this.server.address : undefined)),
    });
    await this.#node.up;
  }

  async end(): Promise<void> {
    this.#node?.close();
    await this.server?.close();
    await this.#relay.close();
  }

  get loopback(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** A new account. @returns a key of theirs */
  async newcomer(username: string): Promise<string> {
    const send = (method: string, path: string, body: object) => this.send(method, path, body);
    await send("PUT", "/api/admin/settings", { registration: "open" });
    const password = `long enough ${username}`;
    const body = { username, email: `${username}@example.org`, password };
    const made = await send("POST", "/api/auth/register", body);
    return String(made.access_token);
  }

  /** Asks the relay in the owner's name. @throws Error for an answer that is not good */
  async send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const cookie = await this.signIn();
    const init = { method, headers: { cookie }, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(this.relay.url + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** The owner's cookie. */
  async signIn(): Promise<string> {
    this.#cookie ??= await cookieOf(this.relay);
    return this.#cookie;
  }

  /** Asks with the owner's key. */
  async ask(base: string, path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(base + path, {
      ...init,
      headers: { authorization: `Bearer ${this.relay.apiToken}`, ...init.headers },
    });
  }
}

async function cookieOf({ ownerLink, url }: RelayFacts): Promise<string> {
  // The link works once.
  const body = JSON.stringify({ token: ownerLink.split("#owner=")[1] });
  const answer = await fetch(`${url}/api/auth/link`, { method: "POST", body });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
