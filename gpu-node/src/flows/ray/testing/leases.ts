/** Runs with leases for tests: a service, two GPUs that exist for scheduling only, and the processes of a cluster. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { GpuLedger } from "../../../sessions/ledger.ts";
import type { FlowGpus } from "../leased-runs.ts";

/** A flow that asks for what its form says, and tells what it has, or goes on for ever. */
export const LEASED = `
import asyncio, json, os
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F

app = ServeAPI()
form = F.Model(F.InputText("options"), F.Select("mode", [F.InputOption(m, m) for m in ("look", "hold")]), F.Submit("Go"))

@app.enter("/", model=form, summary="Leased")
async def enter(inputs: dict, request: Request):
    return Launch(request, run, inputs=inputs, ray_actor_options=json.loads(inputs["options"]))

@app.enter("/whole", model=F.Model(F.Submit("Go")), summary="A whole GPU", ray_actor_options={"num_gpus": 1})
async def whole(inputs: dict, request: Request):
    return Launch(request, run, inputs={"mode": "look"})

async def run(inputs, tracer):
    await tracer.debug(f"begins")
    while inputs["mode"] == "hold":
        await tracer.debug("tick")
        await asyncio.sleep(0.05)
    return {"cuda": os.environ.get("CUDA_VISIBLE_DEVICES"), "mark": os.environ.get("MARK"), "tokens": [n for n in os.environ if "RAY" in n],
            "home": os.path.exists(os.path.expanduser("~/token"))}
`;

/** Two devices that can be leased, and on which nothing can be computed. */
export function testGpus(): FlowGpus {
  const devices = ["GPU-a", "GPU-b"].map((cuda, index) => ({
    ...{ id: `test-${index}`, name: `test GPU ${index}`, bytes: 8 * 1024 ** 3, encoders: 0, cuda, index },
  }));
  return { ledger: new GpuLedger(devices), devices };
}

/** A process. */
export interface Process {
  readonly pid: number;
  readonly args: string;
}

/** A process and all below it. */
export function tree(pid: number): Process[] {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    // A thread may start processes, too.
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
    );
    return [{ pid, args }, ...children.flatMap((child) => tree(Number(child)))];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

/** The one process below whose command line fits. */
export function processOf(below: number, fits: RegExp): number {
  const found = tree(below).filter(({ args }) => fits.test(args));
  const [last] = found.slice(-1);
  if (!last) throw new Error(`No process below ${below} fits ${fits}.`);
  return last.pid;
}

/** Addresses of 127.0.0.1 and ::1, as /proc/net tells them. */
const LOOPBACK = /^(0100007F|0{24}01000000|0{16}FFFF00000100007F)$/;

/**
 * What processes listen on, TCP, in the network of one of them.
 * @returns `loopback` and `open`: how many sockets are bound to the loopback, and the addresses that are not
 */
export function listeners(pids: readonly number[], network: number | "self") {
  const held = new Set<string>();
  for (const pid of pids) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
        if (inode) held.add(inode);
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  const rows = ["tcp", "tcp6"].flatMap((name) =>
    readFileSync(`/proc/${network}/net/${name}`, "utf8").trim().split("\n").slice(1),
  );
  const listening = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === "0A" && held.has(inode ?? ""))
    .map(([, address = ""]) => address.split(":")[0] ?? "");
  return {
    loopback: listening.filter((address) => LOOPBACK.test(address)).length,
    open: listening.filter((address) => !LOOPBACK.test(address)),
  };
}
