/** Kernels with viewers for tests: a real service, real sessions on the GPU that is here, nothing between them but the node's socket. */
import { join } from "node:path";
import { GpuLedger } from "../../sessions/ledger.ts";
import { SessionManager } from "../../sessions/manager.ts";
import { kernelViewers } from "../viewer-requests.ts";
import { TestNode } from "./kernels.ts";

/** See the file's comment. */
export interface TestViewers {
  readonly node: TestNode;
  readonly sessions: SessionManager;
  /** Ends sessions and kernels. */
  end(): Promise<void>;
}

/** @param roots folders that may be read */
export function testViewers(roots: readonly string[] = []): TestViewers {
  const node: TestNode = new TestNode({ roots: [...roots], viewers: kernelViewers(() => sessions) });
  const sessions = new SessionManager({
    folder: join(node.folder, "sessions"),
    settings: {
      roots: [...roots],
      allowedHosts: [],
      environments: "",
      memoryBytes: 1 << 28,
      gpuBytes: 1 << 27,
      notice: "",
    },
    adapters: [{ device: "gpu0", environment: process.env }],
    ledger: new GpuLedger([{ id: "gpu0", name: "a GPU", bytes: 2 ** 32, encoders: 2 }]),
    idleMs: 60_000,
    log: () => {},
  });
  const end = async () => {
    await sessions.close();
    await node.end();
  };
  return { node, sessions, end };
}
