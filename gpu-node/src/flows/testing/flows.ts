/** Flows for tests: the real ones, with services that a test writes, and their API as a person calls it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/environment-cache.ts";
import type { ServiceAddress } from "../../services/http.ts";
import type { Person } from "../../trainer/http/person.ts";
import { agentEntry, agentGone, lives } from "../agent/agent-process.ts";
import { type Flows, startFlows } from "../flows.ts";
import type { FlowGpus } from "../ray/leased-runs.ts";
import { Exposes } from "../services/exposes.ts";
import { type Front, frontOf } from "./front.ts";

/** Making the environment takes minutes where nothing of it is cached. */
export const SETUP_MS = 600_000;

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly body: any;
}

/** One event of a stream. */
export interface Told {
  readonly event: string;
  readonly id: string;
  /** Without the time before it. */
  readonly data: string;
}

/** A node's flows, which a test may kill and start again. */
export class TestFlows {
  readonly home = mkdtempSync(join(tmpdir(), "eyepiece-flows-"));
  readonly services = join(this.home, "services");
  readonly #gpus: FlowGpus | undefined;
  #flows: Flows | undefined;
  /** Who somebody is by the relay's word: a test may say that they are gone, or that nobody can tell. */
  personOf = (id: string): Person | undefined => ({ id, name: id, role: "owner", rights: ["view", "run"] });

  /** @param sources of services, by the name of their module; @param gpus what runs may ask for */
  constructor(sources: Readonly<Record<string, string>> = {}, gpus?: FlowGpus) {
    this.#gpus = gpus;
    const folder = mkdtempSync(join(tmpdir(), "eyepiece-services-"));
    this.services = folder;
    const exposes = new Exposes(join(this.home, "flows", "exposes.db"));
    for (const [name, source] of Object.entries(sources)) {
      writeFileSync(join(folder, `${name}.py`), source);
      const bootstrap = JSON.stringify({ import_path: `${name}:app`, runtime_env: { working_dir: folder } });
      exposes.put({ name, display: null, network: null, enabled: true, bootstrap }, undefined);
    }
    exposes.close();
  }

  start(): void {
    this.#flows = startFlows({
      ...{ home: this.home, environments: ENVIRONMENT_CACHE, hidden: [this.home] },
      ...(this.#gpus && { gpus: this.#gpus }),
      personOf: async (id) => this.personOf(id),
      log: (line) => console.error(line),
    });
  }

  /** As a node that ends: what runs goes on. */
  async stop(): Promise<void> {
    await this.#flows?.close();
    this.#flows = undefined;
  }

  /** Where the node's end of the tunnel finds them. */
  get address(): ServiceAddress | undefined {
    return this.#flows?.address;
  }

  /** Pid of the agent. */
  get agent(): number {
    return agentEntry(join(this.home, "flows"))?.pid ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const entry = agentEntry(join(this.home, "flows"));
    await this.stop();
    if (entry && lives(entry)) process.kill(entry.pid, "SIGTERM");
    if (entry) await agentGone(entry, Date.now() + 10_000);
    if (entry) rmSync(entry.runtime, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
    rmSync(this.services, { recursive: true, force: true });
  }

  /** The API as a person calls it. */
  as(id = "ada", role = "owner"): Caller {
    return new Caller(this.#connect, identityOf(id, role));
  }

  /** The API at an address of its own, for clients of others' making. */
  at(id = "ada", role = "owner"): Promise<Front> {
    return frontOf(this.#connect, identityOf(id, role));
  }

  /** Ray's dashboard, as a person sees it. */
  dashboard(role = "owner"): Caller {
    return new Caller(
      () => {
        const address = this.#flows?.dashboard;
        if (!address || !("connect" in address)) throw new Error("The flows are not started.");
        return address.connect();
      },
      identityOf("ada", role),
    );
  }

  readonly #connect = (): Duplex => {
    const address = this.#flows?.address;
    if (!address || !("connect" in address)) throw new Error("The flows are not started.");
    return address.connect();
  };
}

function identityOf(id: string, role: string): Record<string, string> {
  return {
    "x-eyepiece-user": id,
    "x-eyepiece-user-name": id,
    "x-eyepiece-role": role,
    "x-eyepiece-rights": "view,comment,edit,run",
  };
}

/** Calls in one person's name. */
export class Caller {
  readonly #connect: () => import("node:stream").Duplex;
  readonly #identity: Readonly<Record<string, string>>;

  constructor(connect: () => import("node:stream").Duplex, identity: Readonly<Record<string, string>>) {
    this.#connect = connect;
    this.#identity = identity;
  }

  get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    this.call("GET", path, undefined, headers);
  delete = (path: string): Promise<Answer> => this.call("DELETE", path);
  post = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    this.call("POST", path, body, headers);

  /** One request, its answer read whole. A string is sent as it stands, anything else as JSON. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    let text = "";
    const answer = await this.#open(method, path, body, headers);
    for await (const part of answer.setEncoding("utf8")) text += part;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: answer.statusCode ?? 0, headers: answer.headers, text, body: parsed };
  }

  /** Hands in a form, and tells the run's name. */
  async launch(path: string, fields: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.post(path, fields);
    if (answer.status !== 200 || !answer.body?.result) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.body.result;
  }

  /** The events of a stream, until it ends, or `enough` says so. */
  async events(
    path: string,
    enough: (told: readonly Told[]) => boolean = () => false,
    headers: Record<string, string> = {},
  ): Promise<Told[]> {
    const answer = await this.#open("GET", path, undefined, headers);
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}.`);
    const told: Told[] = [];
    let rest = "";
    for await (const part of answer.setEncoding("utf8")) {
      const blocks = (rest + part).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const lines = block.split("\n");
        const field = (name: string) =>
          lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
        const data = field("data").join("\n");
        told.push({
          event: field("event")[0] ?? "",
          id: field("id")[0] ?? "",
          data: data.slice(data.indexOf(":") + 1),
        });
      }
      if (enough(told)) break;
    }
    answer.destroy();
    return told;
  }

  #open(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<import("node:http").IncomingMessage> {
    const sent = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request({
        ...{ host: "flows", method, path, createConnection: this.#connect },
        headers: {
          ...this.#identity,
          ...(sent !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(sent),
          }),
          ...headers,
        },
      });
      asked.on("response", resolve);
      asked.on("error", reject);
      asked.end(sent);
    });
  }
}
