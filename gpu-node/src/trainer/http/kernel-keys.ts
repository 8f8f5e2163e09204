/** Keys by which code in a notebook uses this node's API: each is one kernel's, and holds as long as this node serves that kernel. */
import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Where a kernel finds the API, and by what it is let in. */
export interface KernelAccess {
  readonly port: number;
  readonly key: string;
}

/** What kernels' keys begin with: nothing that the relay makes does. */
const PREFIX = "kernel-";

/** The keys of one node. */
export class KernelKeys {
  readonly #secret: Buffer;
  readonly #notebooks = new Map<string, string>();
  /** Of the loopback's door; undefined where it is not open. */
  port: number | undefined;

  /** @param file of the node's secret: a kernel that outlives its node keeps its key */
  constructor(file: string) {
    this.#secret = secretOf(file);
  }

  /** Lets one kernel in. @param kernel what no other kernel of the notebook is called; @returns its key, until `end` */
  open(kernel: string, notebook: string): { readonly key: string; end(): void } {
    const key =
      PREFIX + createHmac("sha256", this.#secret).update(`${notebook}\n${kernel}`).digest("base64url");
    this.#notebooks.set(key, notebook);
    return { key, end: () => void this.#notebooks.delete(key) };
  }

  /** The notebook whose kernel has this key; undefined for any other word. */
  notebookOf(key: string): string | undefined {
    return this.#notebooks.get(key);
  }

  /** Whether a word was meant to be such a key. */
  static looksLike(key: string): boolean {
    return key.startsWith(PREFIX);
  }
}

function secretOf(file: string): Buffer {
  try {
    const kept = readFileSync(file);
    if (kept.byteLength === 32) return kept;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
  }
  const secret = randomBytes(32);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
