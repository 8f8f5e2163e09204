/** What a host is started by, on this machine or on another one. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Environment } from "../../kernels/environment/environments.ts";
import { insidePaths, type LaunchPlan, launch, type MachineFiles } from "../../launcher/plan.ts";
import type { HostOrder } from "../agent/link.ts";
import type { Expose } from "./exposes.ts";

const PROCESSES = 2048;

/** Where hosts are: a machine's folders and programs. */
export interface Ground {
  readonly environment: Environment;
  /** The programs in Python. */
  readonly sources: string;
  /** Below it each host has its own. */
  readonly folder: string;
  /** Folder of sockets. */
  readonly runtime: string;
  readonly sandbox: boolean;
  /** What no service may see. */
  readonly hidden: readonly string[];
  /** Of another machine; undefined for this one. */
  readonly files?: MachineFiles;
}

/** Folders of a host, and its working folder as it sees it. */
interface HostFolders {
  readonly home: string;
  readonly work: string;
  readonly root: string;
  readonly sockets: string;
  readonly inside: string;
}

/** What it runs. */
export interface HostWish {
  readonly host: string;
  /** "module:app" */
  readonly importPath: string;
  /** Where modules are looked for, in order; on the machine where the host is. */
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** `forms`: it answers for the forms. `late`: it imports nothing, its run does. */
  readonly kind: "forms" | "runs" | "late";
}

/** Where a host's things are. */
export function foldersOf({ folder, runtime, sandbox }: Ground, host: string): HostFolders {
  const own = join(folder, short(host));
  const [home, work, root] = ["home", "work", "root"].map((one) => join(own, one)) as [
    string,
    string,
    string,
  ];
  const sockets = join(runtime, short(host));
  return { home, work, root, sockets, inside: insidePaths({ home, work, sockets, sandbox }).work };
}

/** The order for it. On this machine its folders are there. */
export function hostOrder(ground: Ground, { host, importPath, folders, env, kind }: HostWish): HostOrder {
  const { environment, sources, sandbox, hidden, files } = ground;
  const { home, work, root, sockets } = foldersOf(ground, host);
  const http = join(insidePaths({ home, work, sockets, sandbox }).sockets, "http.sock");
  const plan: LaunchPlan = {
    argv: [environment.python, "-m", "eyepiece_flows.host", importPath],
    env: {
      ...env,
      PYTHONPATH: [sources, ...folders].join(":"),
      PYTHONDONTWRITEBYTECODE: "1",
      LANG: "C.UTF-8",
      EYEPIECE_FLOWS_CONTROL: "{control}",
      EYEPIECE_FLOWS_HTTP: kind === "forms" ? http : "",
      EYEPIECE_FLOWS_LATE: kind === "late" ? "1" : "",
    },
    ...{ home, work, sockets, root, sandbox, hidden, processes: PROCESSES },
    readOnly: [environment.folder, ...environment.needs, sources, ...folders],
    writable: [],
  };
  const { command, args, env: outer, cwd } = launch(plan, files);
  return { host, argv: [command, ...args], env: outer, cwd, folders: [home, work, root, sockets] };
}

/** A host's name holds the service's etag: what was changed is another host. @param of person, run or replica */
export function hostName(
  kind: "forms" | "replica" | "runs" | "own",
  { name, etag }: Pick<Expose, "name" | "etag">,
  of: string,
): string {
  return [kind, name, etag, of].join(":");
}

/** Where a host on this machine answers for forms. */
export function socketOf(runtime: string, host: string): string {
  return join(runtime, short(host), "http.sock");
}

/** For folders: sockets' addresses are short. */
function short(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 12);
}
