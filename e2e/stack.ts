/** A whole Eyepiece for tests and benchmarks: the real command, in a home of its own, on a free port of this machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..");

/** Python environments of tests: made by the first run that wants one, and kept. */
const ENVIRONMENTS = join(ROOT, "node_modules/.cache/eyepiece/environments");

export interface Stack {
  readonly url: string;
  readonly port: number;
  readonly home: string;
  /** The link that was printed at the start. */
  readonly ownerLink: string;
  /** Time from the command to its being ready, in milliseconds. */
  readonly readyMs: number;
  /** A further one-time link. */
  newOwnerLink(): Promise<string>;
  /** What the command said on standard error. */
  said(): string;
  /** What relay and node logged. */
  log(): string;
  /** Process ids: the command's own and its children's, by what they run. */
  pids(): { up: number; relay: number; node: number; sessions: number[] };
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly files?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly args?: readonly string[];
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Runs `eyepiece` to its end. */
export function eyepiece(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(ROOT, "bin/main.ts"), ...args], {
    env: { ...process.env, EYEPIECE_ENVIRONMENTS: ENVIRONMENTS, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, stdout, stderr })));
}

/** Starts a stack and waits until it is ready. @throws Error with its output when it is not. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "eyepiece-e2e-"));
  const port = await freePort();
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[join(ROOT, "bin/main.ts"), "up", "--no-open", "--port", String(port), "--home", home],
      ...(options.args ?? []),
      ...(options.files ?? []),
    ],
    {
      env: { ...process.env, EYEPIECE_ENVIRONMENTS: ENVIRONMENTS, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      cwd: ROOT,
    },
  );
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ownerLink = await readyLine(child);
  const readyMs = performance.now() - started;
  const stop = async () => {
    if (child.exitCode === null) {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    }
    if (!options.home) rmSync(home, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    home,
    ownerLink,
    readyMs,
    newOwnerLink: async () => {
      const { stdout } = await eyepiece(["owner-link", "--home", home]);
      return stdout.trim();
    },
    said: () => said,
    log: () => readFileSync(join(home, "eyepiece.log"), "utf8"),
    pids: () => processes(child.pid ?? 0),
    stop,
  };
}

function readyLine(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    const hear = (data: Buffer) => {
      output += data.toString();
      const link = /Eyepiece is ready: (\S+)/.exec(output)?.[1];
      if (link) resolve(link);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("exit", (code) =>
      reject(new Error(`eyepiece ended with ${code} before it was ready:\n${output}`)),
    );
  });
}

/** Children by their command lines, from /proc. */
function processes(up: number): { up: number; relay: number; node: number; sessions: number[] } {
  const find = (parent: number, part: string): number[] => {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8")
      .split(" ")
      .filter(Boolean);
    return children.map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(part));
  };
  const node = find(up, "gpu-node/src/main.ts")[0] ?? 0;
  return {
    up,
    relay: find(up, "relay/src/main.ts")[0] ?? 0,
    node,
    sessions: node ? find(node, "session/main.ts") : [],
  };
}
