/** `eyepiece doctor`: what this machine has, and what to do about what it lacks. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { CANDIDATES } from "@eyepiece/gpu-node/encode/candidates.ts";
import { VideoEncoder } from "@eyepiece/gpu-node/encode/video-encoder.ts";
import { gpuEnvironment } from "@eyepiece/gpu-node/gpu/environment.ts";
import { sandboxed } from "@eyepiece/gpu-node/launcher/probe.ts";
import { type Command, homeFolder } from "../command.ts";

const run = promisify(execFile);

interface Finding {
  readonly what: string;
  readonly state: "good" | "could be better" | "missing";
  readonly found: string;
  /** What to do, when something is to be done. */
  readonly advice?: string;
}

export const command: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { home: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const home = homeFolder(values.home);
  const findings = [
    machine(),
    ...(await graphics(home)),
    ...(await encoders()),
    await python(),
    await launcher(),
    tls(),
  ];
  if (values.json) console.log(JSON.stringify(findings, undefined, 1));
  else {
    for (const { what, state, found, advice } of findings) {
      console.log(`${what.padEnd(12)} ${state.padEnd(16)} ${found}`);
      if (advice) console.log(`${" ".repeat(30)}${advice}`);
    }
  }
  return findings.some((finding) => finding.state === "missing") ? 1 : 0;
};

function machine(): Finding {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const found = `Node ${process.versions.node}, ${cpus().length} cores, ${memory} GiB of memory`;
  return { what: "machine", state: "good", found };
}

async function graphics(home: string): Promise<Finding[]> {
  try {
    const gpu = await gpuEnvironment(join(home, "node", "gpu"), { fresh: true });
    const refused = gpu.refused.map(({ kind, reason }) => `${kind}: ${reason}`).join("; ");
    const found = `${gpu.info.name} (${gpu.info.kind}, ${gpu.info.driver})`;
    if (gpu.info.kind === "gpu") return [{ what: "GPU", state: "good", found }];
    const advice =
      gpu.info.kind === "swiftshader"
        ? "Drawing on the CPU. With a GPU, install its Vulkan driver; without one, Mesa's lavapipe 25 or later is about three times as fast."
        : "Drawing on the CPU. With a GPU in this machine, install its Vulkan driver.";
    return [
      { what: "GPU", state: "could be better", found, advice: refused ? `${advice} (${refused})` : advice },
    ];
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    return [
      { what: "GPU", state: "missing", found, advice: "Nothing can be drawn until one adapter works." },
    ];
  }
}

async function encoders(): Promise<Finding[]> {
  const works: string[] = [];
  const fails: string[] = [];
  for (const candidate of CANDIDATES) {
    try {
      const encoder = await VideoEncoder.open({ width: 1280, height: 720, bitrate: 8_000_000 }, [candidate]);
      await encoder[Symbol.asyncDispose]();
      works.push(candidate.name);
    } catch {
      fails.push(candidate.name);
    }
  }
  const found = `${works.join(", ") || "none"} (not here: ${fails.join(", ") || "none"})`;
  if (works.length === 0) {
    return [
      { what: "H.264", state: "missing", found, advice: "Install again: libx264 comes with the packages." },
    ];
  }
  if (works[0] === "libx264") {
    const advice =
      "Encoding on the CPU. NVIDIA's NVENC needs the driver's libnvidia-encode (A100, H100 and H200 have no encoder).";
    return [{ what: "H.264", state: "could be better", found, advice }];
  }
  return [{ what: "H.264", state: "good", found }];
}

async function python(): Promise<Finding> {
  for (const program of ["python3", "python"]) {
    try {
      const { stdout } = await run(program, ["--version"]);
      const version = /(\d+)\.(\d+)/.exec(stdout);
      const good = version && Number(version[1]) === 3 && Number(version[2]) >= 11;
      if (good) return { what: "Python", state: "good", found: stdout.trim() };
      const advice = "Notebooks and training need Python 3.11 or later.";
      return { what: "Python", state: "could be better", found: stdout.trim(), advice };
    } catch {
      // The next name may be there.
    }
  }
  const advice = "Notebooks and training need it: install Python 3.11 or later.";
  return { what: "Python", state: "could be better", found: "not found", advice };
}

async function launcher(): Promise<Finding> {
  const what = "namespaces";
  const { works, reason } = await sandboxed();
  if (works) return { what, state: "good", found: "people's code runs in user, mount and PID namespaces" };
  const advice =
    "Only the owner can run code in notebooks. Allow user namespaces to let others: `sysctl kernel.unprivileged_userns_clone=1`, on Ubuntu `sysctl kernel.apparmor_restrict_unprivileged_userns=0`, in a container its seccomp profile.";
  return { what, state: "could be better", found: `namespaces are refused: ${reason}`, advice };
}

function tls(): Finding {
  const openssl = ["/etc/ssl/certs", "/etc/pki/tls/certs"].find((folder) => existsSync(folder));
  return {
    what: "TLS",
    state: "good",
    found: `${openssl ? `authorities in ${openssl}` : "no folder of authorities"}; browsers on other machines need --tls-cert and --tls-key, or --tls self-signed`,
  };
}
