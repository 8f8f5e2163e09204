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

let known: Promise<SandboxFacts> | undefined;

/** Tries once and remembers. */
export function sandboxed(): Promise<SandboxFacts> {
  known ??= probe();
  return known;
}

async function probe(): Promise<SandboxFacts> {
  if (process.platform !== "linux") return { works: false, reason: "namespaces exist on Linux only" };
  const namespaces = ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"];
  try {
    await run("unshare", [...namespaces, "sh", "-ec", TRY], {
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
