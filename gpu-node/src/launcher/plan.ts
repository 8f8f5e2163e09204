/** What one program of people may see and use, and the command that starts it so. */
import { existsSync, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A program to start. */
export interface LaunchPlan {
  /** The program, as seen from inside. */
  readonly argv: readonly string[];
  /** The whole environment; HOME and the like are added. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders that it owns, on this machine. */
  readonly home: string;
  readonly work: string;
  /** Folder of sockets that node, keeper and program share. */
  readonly sockets: string;
  /** An empty folder where its root is put together. */
  readonly root: string;
  /** Files and folders that it sees where they are, and cannot change. */
  readonly readOnly: readonly string[];
  /** Folders that it sees where they are and may write to. */
  readonly writable: readonly string[];
  /** Folders that must not be seen although one of `readOnly` holds them. */
  readonly hidden: readonly string[];
  /** Most processes and threads. */
  readonly processes: number;
  /** False: no namespaces, the machine refuses them. */
  readonly sandbox: boolean;
  /** A network of its own with nothing but a loopback, and the program that brings that up; otherwise the machine's network. */
  readonly loopback?: readonly string[];
}

/** The same folders as the program sees them. */
export interface InsidePaths {
  readonly home: string;
  readonly work: string;
  readonly sockets: string;
}

/** Where a plan's own folders are for the program. */
export function insidePaths(plan: Pick<LaunchPlan, "home" | "work" | "sockets" | "sandbox">): InsidePaths {
  if (!plan.sandbox) return { home: plan.home, work: plan.work, sockets: plan.sockets };
  return { home: "/home/person", work: "/project", sockets: "/run/eyepiece" };
}

/** What a machine has where a root is put together from: this one's is looked at, another one's was told. */
export interface MachineFiles {
  /** Undefined where nothing is, or a link that leads nowhere. */
  kindOf(path: string): "folder" | "file" | "link" | undefined;
  /** Where a link leads. */
  linkOf(path: string): string;
  /** Names in /dev. */
  readonly devices: readonly string[];
}

const HERE: MachineFiles = {
  kindOf(path) {
    if (!existsSync(path)) return undefined;
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return "link";
    return found.isDirectory() ? "folder" : "file";
  },
  linkOf: (path) => readlinkSync(path),
  get devices() {
    return readdirSync("/dev");
  },
};

/** What `child_process.spawn` takes. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Of /etc: what programs need to find libraries, hosts and authorities. No keys, no passwords. */
const ETC = [
  ...[
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "alternatives",
    "ssl/certs",
    "ssl/openssl.cnf",
    "pki/tls/certs",
  ],
  ...[
    "pki/ca-trust/extracted",
    "ca-certificates",
    "ca-certificates.conf",
    "resolv.conf",
    "hosts",
    "host.conf",
  ],
  ...[
    "nsswitch.conf",
    "gai.conf",
    "localtime",
    "timezone",
    "protocols",
    "services",
    "passwd",
    "group",
    "mime.types",
  ],
  ...[
    "fonts",
    "OpenCL",
    "vulkan",
    "glvnd",
    "locale.alias",
    "pip.conf",
    "inputrc",
    "terminfo",
    "matplotlibrc",
  ],
].map((name) => `/etc/${name}`);
const SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store"];
const DEVICES = ["null", "zero", "full", "random", "urandom", "tty"].map((name) => `/dev/${name}`);
/** Of /proc: what a process that counts as root there must not write to. */
const PROC_READ_ONLY = ["sys", "sysrq-trigger", "irq", "bus", "fs"].map((name) => `/proc/${name}`);
const PROC_HIDDEN = ["kcore", "keys", "timer_list", "kmsg"].map((name) => `/proc/${name}`);

/** Paths of another machine that have to be known to make a plan for it; what the plan itself names is taken to be there, as folders. */
export const LOOKED: readonly string[] = [...SYSTEM, ...ETC];

/** How to start a plan. The pid that it must not outlive is the caller's own. @param files of the machine that it is for */
export function launch(plan: LaunchPlan, files: MachineFiles = HERE): Launch {
  const paths = insidePaths(plan);
  const path = plan.env.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  const env = { ...plan.env, PATH: path, HOME: paths.home, PWD: paths.work, TMPDIR: "/tmp", USER: "person" };
  const limits = ["prlimit", `--nproc=${plan.processes}`, "--core=0"];
  // A program that was started and whose parent is gone is killed: nothing of people outlives its keeper.
  const bound = ["setpriv", "--pdeathsig", "KILL"];
  if (!plan.sandbox) {
    const [command = "setpriv", ...args] = [...bound, "prlimit", "--core=0", ...plan.argv];
    return { command, args, env: { ...env, TMPDIR: process.env.TMPDIR ?? "/tmp" }, cwd: plan.work };
  }
  const unshare = [
    ...["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private"],
    ...["--pid", "--fork", "--kill-child", "--ipc", "--uts"],
    ...(plan.loopback ? ["--net"] : []),
  ];
  const [command = "setpriv", ...args] = [
    ...bound,
    ...unshare,
    ...["/bin/sh", "-c", `PATH=/usr/sbin:/usr/bin:/sbin:/bin; ${script(plan, files)}`, "launcher"],
    ...["env", "-i", ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
    ...limits,
    // A first process that waits for its child: the kernel is not process 1, for which signals mean something else.
    ...["/bin/sh", "-c", '"$@"; exit $?', "init"],
    ...plan.argv,
  ];
  return { command, args, env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" }, cwd: "/" };
}

/** The shell script that puts the root together; the program's words are its arguments. */
function script(plan: LaunchPlan, files: MachineFiles): string {
  const root = plan.root;
  const lines = ["set -e", `mount -t tmpfs -o mode=755,size=16m none ${quote(root)}`];
  const at = (path: string) => quote(join(root, path));
  const folder = (path: string) => lines.push(`mkdir -p ${at(path)}`);
  const bind = (source: string, target: string, writable: boolean) => {
    if (files.kindOf(source) === "folder") folder(target);
    else {
      folder(dirname(target));
      lines.push(`[ -e ${at(target)} ] || : > ${at(target)}`);
    }
    // A folder with mounts of its own below can only be bound with them.
    lines.push(
      `mount --bind ${quote(source)} ${at(target)} 2>/dev/null || mount --rbind ${quote(source)} ${at(target)}`,
    );
    if (!writable) lines.push(`mount -o remount,bind,ro ${at(target)}`);
  };
  const see = (path: string) => {
    const kind = files.kindOf(path);
    if (!kind) return;
    if (kind === "link" && dirname(path) === "/") {
      lines.push(`ln -s ${quote(files.linkOf(path))} ${at(path)}`);
    } else bind(path, path, false);
  };
  for (const path of SYSTEM) see(path);
  for (const path of ETC) see(path);
  folder("/tmp");
  folder("/dev/shm");
  folder("/proc");
  lines.push(`mount -t tmpfs -o mode=1777 none ${at("/tmp")}`);
  for (const path of outermost(plan.readOnly)) {
    if (!SYSTEM.some((system) => within(system, path))) see(path);
  }
  for (const path of plan.hidden) {
    const kind = files.kindOf(path);
    if (!kind || !plan.readOnly.some((seen) => within(seen, path))) continue;
    const empty = kind === "folder" ? "-t tmpfs -o mode=755,size=256k none" : "--bind /dev/null";
    lines.push(`mount ${empty} ${at(path)}`);
  }
  // What was hidden as a whole may hold what is meant to be seen.
  for (const path of plan.readOnly) {
    if (plan.hidden.some((hidden) => within(hidden, path) && hidden !== path)) see(path);
  }
  for (const device of [...DEVICES, ...gpuDevices(files)]) bind(device, device, true);
  lines.push(
    `mount -t tmpfs -o mode=1777 none ${at("/dev/shm")}`,
    `ln -s /proc/self/fd ${at("/dev/fd")}`,
    `ln -s /proc/self/fd/0 ${at("/dev/stdin")}; ln -s /proc/self/fd/1 ${at("/dev/stdout")}; ln -s /proc/self/fd/2 ${at("/dev/stderr")}`,
    `mkdir -p ${at("/dev/pts")}; mount -t devpts -o newinstance,ptmxmode=0666 none ${at("/dev/pts")} && ln -s pts/ptmx ${at("/dev/ptmx")} || :`,
    `mount -t proc proc ${at("/proc")}`,
  );
  for (const path of PROC_READ_ONLY) {
    lines.push(
      `[ ! -e ${at(path)} ] || { mount --bind ${at(path)} ${at(path)} && mount -o remount,bind,ro ${at(path)}; }`,
    );
  }
  for (const path of PROC_HIDDEN) lines.push(`[ ! -e ${at(path)} ] || mount --bind /dev/null ${at(path)}`);
  // CUDA reads from here which card sits where.
  if (files.kindOf("/dev/nvidiactl") || files.kindOf("/dev/dri")) bind("/sys", "/sys", false);
  const inside = insidePaths(plan);
  bind(plan.sockets, inside.sockets, true);
  bind(plan.home, inside.home, true);
  bind(plan.work, inside.work, true);
  for (const path of plan.writable) bind(path, path, true);
  // While there is still the right to: it is dropped below.
  if (plan.loopback) lines.push(plan.loopback.map(quote).join(" "));
  lines.push(
    `cd ${quote(root)}`,
    "mkdir -p .old",
    "pivot_root . .old",
    "umount -l /.old",
    "rmdir /.old",
    "mount -o remount,bind,ro / 2>/dev/null || :",
    `cd ${quote(inside.work)}`,
    'exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"',
  );
  return lines.join("\n");
}

function gpuDevices({ devices }: MachineFiles): string[] {
  const names = devices.filter((name) => /^nvidia|^kfd$|^dri$/.test(name));
  return names.map((name) => `/dev/${name}`);
}

/** Whether `path` is `folder` or lies in it. */
function within(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way.startsWith("..") || way.startsWith("/"));
}

/** Without paths that others of them hold. */
function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)];
  return unique.filter((path) => !unique.some((other) => other !== path && within(other, path)));
}

/** One word for a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
