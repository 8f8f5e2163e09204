/** A node: dials out to the relay, offers its services, keeps its sessions. */
import { mkdirSync } from "node:fs";
import { homedir, hostname, totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import { allowed, SERVICE_RIGHTS } from "@eyepiece/protocol/rights.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { encoderName } from "./encode/probe.ts";
import { startFlows } from "./flows/flows.ts";
import { personsOf } from "./flows/launching/persons.ts";
import { type GpuEnvironment, gpuEnvironment } from "./gpu/environment.ts";
import { NoGpuError } from "./gpu/open.ts";
import { RelayCalls } from "./kernels/relay-calls.ts";
import { KernelService } from "./kernels/service.ts";
import { kernelViewers } from "./kernels/viewer-requests.ts";
import { dialRelay } from "./link/dial.ts";
import type { TlsTrust } from "./link/trust.ts";
import { type ServiceAddress, serveHttpChannel } from "./services/http.ts";
import { serveNode } from "./services/node-service.ts";
import { samples } from "./services/samples.ts";
import { serveUpload } from "./services/uploads.ts";
import { GpuLedger } from "./sessions/ledger.ts";
import { SessionManager } from "./sessions/manager.ts";
import { configOf } from "./trainer/config.ts";
import { jobDevices } from "./trainer/devices.ts";
import { KernelKeys } from "./trainer/http/kernel-keys.ts";
import { KeptModels } from "./trainer/kept-models.ts";
import { startTrainer } from "./trainer/trainer.ts";

export const VERSION = "0.1.0";
/** The session that a new installation opens with. */
export const WELCOME = "welcome";

export interface NodeOptions {
  /** `http://` or `https://` address of the relay. */
  readonly relay: string;
  readonly token: string;
  readonly name?: string;
  readonly home: string;
  /** Folders that people may open from, beside the uploads and samples. */
  readonly roots: readonly string[];
  readonly allowedHosts?: readonly string[];
  /** Which certificate of the relay to accept besides those that the system trusts. */
  readonly tls?: TlsTrust;
  readonly memoryBytes?: number;
  readonly gpuBytes?: number;
  readonly idleMs?: number;
  /** What to open at once, in a session of its own. */
  readonly open?: readonly string[];
  readonly log?: (line: string) => void;
}

export interface RunningNode {
  readonly name: string;
  readonly sessions: SessionManager;
  readonly kernels: KernelService;
  /** What could not be opened, one sentence each. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

const GIB = 1024 ** 3;

/** Starts a node; resolves when its services can be asked for. @throws NoGpuError, EncodeError */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const log = options.log ?? ((line: string) => console.error(line));
  const name = options.name ?? hostname();
  mkdirSync(options.home, { recursive: true });
  // What is wrong in the settings is said before anything is begun.
  const settings = configOf(process.env);
  const [gpu, encoder] = await Promise.all([gpuEnvironment(join(options.home, "gpu")), encoderName()]);
  const gpuBytes =
    options.gpuBytes ?? (Number(process.env.EYEPIECE_GPU_BYTES ?? 0) || defaultGpuBytes(gpu.info.kind));
  const devices = [
    {
      id: "gpu0",
      name: gpu.info.name,
      bytes: deviceBytes(gpu.info.kind),
      encoders: encoder === "libx264" ? Number.POSITIVE_INFINITY : encoderViews(),
    },
  ];
  // Beside a GPU the CPU draws for those for whom the GPU has no room.
  const fallback = gpu.info.kind === "gpu" ? await softwareAdapter(join(options.home, "gpu")) : undefined;
  if (fallback) {
    devices.push({ id: "cpu", name: fallback.info.name, bytes: deviceBytes("cpu"), encoders: 0 });
  }
  const forJobs = await jobDevices(process.env, gpu.info.kind === "gpu");
  const ledger = new GpuLedger([
    ...devices,
    ...forJobs.filter(({ id }) => devices.every((device) => device.id !== id)),
  ]);
  const uploads = join(options.home, "uploads");
  const shipped = samples();
  const roots = [...options.roots, uploads, shipped.folder];
  mkdirSync(uploads, { recursive: true });
  const environmentOf = (env: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
    // The node has tried the encoders before any GPU was open; its sessions need not.
    const environment: NodeJS.ProcessEnv = { ...process.env, ...env, EYEPIECE_ENCODER: encoder };
    // Readers in Python share the kernels' folder of environments.
    environment.EYEPIECE_ENVIRONMENTS ??= join(options.home, "environments");
    // Sessions read files of people; the node's own key is not for them.
    delete environment.EYEPIECE_NODE_TOKEN;
    return environment;
  };
  const adapters = [{ device: "gpu0", environment: environmentOf(gpu.env) }];
  if (fallback) adapters.push({ device: "cpu", environment: environmentOf(fallback.env) });
  // Several nodes may share one place: environments are large, and named by what they are made from.
  const environments = process.env.EYEPIECE_ENVIRONMENTS ?? join(options.home, "environments");
  const sessions = new SessionManager({
    folder: join(options.home, "sessions"),
    settings: {
      roots,
      saves: [...options.roots, uploads],
      allowedHosts: options.allowedHosts ?? [],
      environments,
      memoryBytes: options.memoryBytes ?? Math.min(4 * GIB, Math.round(totalmem() / 8)),
      gpuBytes,
      notice: "",
    },
    adapters,
    ledger,
    idleMs: options.idleMs ?? 10 * 60_000,
    log,
  });
  const kept = new KeptModels(join(options.home, "kept-models"));
  const keys = new KernelKeys(join(options.home, "kernel-keys.secret"));
  const kernels = new KernelService({
    folder: join(options.home, "kernels"),
    environments,
    roots: [...options.roots, shipped.folder],
    hidden: [...hiddenFolders(options.home), ...(settings.storagePath ? [settings.storagePath] : [])],
    viewers: kernelViewers(() => sessions),
    models: kept,
    apiOf: (kernel, notebook) => {
      const { key, end } = keys.open(kernel, notebook);
      return {
        key,
        end,
        get port() {
          return keys.port;
        },
      };
    },
    relay: { url: options.relay, token: options.token, ...(options.tls && { tls: options.tls }) },
    log,
  });
  // What a node before this one left running goes on; nothing waits for it here.
  kernels.recover().catch((cause: unknown) => log(`kernels: ${sentence(cause)}`));
  const relay = { url: options.relay, token: options.token, ...(options.tls && { tls: options.tls }) };
  const trainer = await startTrainer({
    ...{
      home: options.home,
      relay,
      ledger,
      devices: forJobs,
      environments,
      kept,
      log,
      kernels: keys,
      config: settings,
    },
    cpu: fallback ? "cpu" : "gpu0",
  });
  const flows = startFlows({
    personOf: personsOf(new RelayCalls(relay)),
    ...{ home: options.home, environments, log },
    hidden: hiddenFolders(options.home),
    gpus: { ledger, devices: forJobs },
  });
  const description = {
    name,
    adapter: gpu.info.name,
    adapterKind: gpu.info.kind,
    encoder,
    version: VERSION,
    samples: shipped.list,
  };
  const services = new Map<string, ServiceAddress>([
    ["trainer", trainer.address],
    ["flows", flows.address],
    ["ray", flows.dashboard],
  ]);
  const serve = async (incoming: IncomingChannel): Promise<void> => {
    const { service, identity } = incoming.facts;
    // The relay has checked this; a node that is asked by something else checks it again.
    const caller = { role: identity?.role ?? "", rights: identity?.rights ?? [] };
    if (!allowed(SERVICE_RIGHTS, service, caller)) {
      incoming.reject("forbidden", `You have no right to the service ${service} of this node.`);
    } else if (service === "viewer" || service === "frames" || service === "bricks")
      await sessions.join(incoming);
    else if (service === "node") serveNode(incoming, { sessions, roots, ledger, description });
    else if (service === "files") await serveUpload(incoming, uploads);
    else if (service === "kernel") await kernels.join(incoming);
    else if (service === "http") serveHttpChannel(incoming.accept(), (asked) => services.get(asked));
    else incoming.reject("not_found", `This node has no service ${service}.`);
  };
  const failures: string[] = [];
  if (!sessions.has(WELCOME)) {
    sessions.create("Colin 27 brain", "", WELCOME);
    await sessions.open(WELCOME, shipped.welcome).catch((cause: unknown) => failures.push(sentence(cause)));
  }
  const asked = options.open ?? [];
  if (asked.length > 0) {
    const session = sessions.create(asked.map((uri) => uri.split("/").at(-1)).join(", "), "");
    for (const uri of asked) {
      await sessions
        .open(session.session ?? "", uri)
        .catch((cause: unknown) => failures.push(sentence(cause)));
    }
  }
  const dialled = dialRelay({
    relayUrl: options.relay,
    token: options.token,
    name,
    bulk: true,
    version: VERSION,
    facts: () => ({
      adapter: gpu.info.name,
      adapterKind: gpu.info.kind,
      encoder,
      services: ["viewer", "frames", "bricks", "node", "files", "http", "kernel", "trainer", "flows"],
    }),
    ...(options.tls ? { tls: options.tls } : {}),
    onOpen: (incoming) => {
      serve(incoming).catch((cause: unknown) => {
        log(`${incoming.facts.service}: ${sentence(cause)}`);
        if (incoming.channel.state === "opening") incoming.reject("internal", sentence(cause));
        else incoming.channel.close("internal", sentence(cause));
      });
    },
    log,
  });
  return {
    name,
    sessions,
    kernels,
    failures,
    close: async () => {
      dialled.close();
      kernels.close();
      await flows.close();
      await trainer.close();
      await sessions.close();
    },
  };
}

/** A session's share of the device unless told otherwise: software GPUs live in main memory. */
function defaultGpuBytes(kind: string): number {
  return kind === "gpu" ? 4 * GIB : Math.min(GIB, Math.round(totalmem() / 16));
}

/** What no kernel may see, whatever roots were named: this program's own folder, and the keys of who runs it. */
function hiddenFolders(home: string): string[] {
  const keys = [
    ".ssh",
    ".gnupg",
    ".aws",
    ".kube",
    ".docker",
    ".config",
    ".netrc",
    ".pypirc",
    ".npmrc",
    ".git-credentials",
  ];
  // The relay's folder lies beside the node's where both are one installation.
  const own = basename(home) === "node" ? dirname(home) : home;
  return [own, ...keys.map((name) => join(homedir(), name))];
}

/** The best adapter on the CPU, or undefined when there is none. */
async function softwareAdapter(home: string): Promise<GpuEnvironment | undefined> {
  for (const force of ["lavapipe", "swiftshader"] as const) {
    try {
      return await gpuEnvironment(home, { force });
    } catch (cause) {
      if (!(cause instanceof NoGpuError)) throw cause;
    }
  }
  return undefined;
}

/** Views that a device's encoders serve: drivers of consumer cards allow 8 streams, and a view has up to two. */
function encoderViews(): number {
  return Math.max(1, Math.floor(Number(process.env.EYEPIECE_ENCODER_SESSIONS ?? 8) / 2));
}

/** WebGPU does not tell a device's memory; EYEPIECE_DEVICE_BYTES does where the guess is wrong. */
function deviceBytes(kind: string): number {
  const told = Number(process.env.EYEPIECE_DEVICE_BYTES ?? 0);
  if (told > 0) return told;
  return kind === "gpu" ? 16 * GIB : Math.round(totalmem() / 3);
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
