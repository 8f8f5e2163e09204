/** Whether this machine lets an ordinary process make the namespaces that people's code runs in. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What was found; `reason` is why not, for people. */
export interface SandboxFacts {
  readonly works: boolean;
  readonly reason: string;
}

const TRY =
  "mount -t tmpfs none /mnt 2>/dev/null || mount -t tmpfs none /tmp; mount -t proc proc /proc; type pivot_root setpriv prlimit";

/** Brings the loopback of a new network up; Python is there wherever a network of its own is wanted, `ip` is not. */
const LOOPBACK =
  'import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sH14s", b"lo", 1, b""))';

/** The command for `LaunchPlan.loopback`. @param python an interpreter that the plan shows */
export function loopbackUp(python: string): string[] {
  return [python, "-I", "-c", LOOPBACK];
}

let known: Promise<SandboxFacts> | undefined;
const networks = new Map<string, Promise<SandboxFacts>>();

/** Whether a program may have a network of its own. Tries once for each interpreter, and remembers. */
export function networked(python: string): Promise<SandboxFacts> {
  const there = networks.get(python) ?? tried(["--net"], loopbackUp(python));
  networks.set(python, there);
  return there;
}

/** Tries once and remembers. */
export function sandboxed(): Promise<SandboxFacts> {
  known ??= probe();
  return known;
}

function probe(): Promise<SandboxFacts> {
  return tried([], ["sh", "-ec", TRY]);
}

const NAMESPACES = ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"];
/** What works on a machine where programs can be boxed in; the command that is tried here, for another one. */
export const ATTEMPT: readonly string[] = ["unshare", ...NAMESPACES, "sh", "-ec", TRY];

async function tried(more: readonly string[], argv: readonly string[]): Promise<SandboxFacts> {
  if (process.platform !== "linux") return { works: false, reason: "namespaces exist on Linux only" };
  try {
    await run("unshare", [...NAMESPACES, ...more, ...argv], {
      timeout: 10_000,
      env: { PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin` },
    });
    return { works: true, reason: "" };
  } catch (cause) {
    const { stderr } = cause as { stderr?: string };
    const reason = stderr?.trim().split("\n")[0] || (cause instanceof Error ? cause.message : String(cause));
    return { works: false, reason };
  }
}
