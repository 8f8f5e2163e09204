/** Files of a project on the relay: uploads in chunks that go on where they broke off, and the rest of what is done to files. */
import { ApiError, api } from "./api.ts";

/** A file. `path` is its name, with folders between slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly size: number;
  readonly modified_ms: number;
}

/** Bytes of a chunk. */
const CHUNK = 4 * 1024 * 1024;
/** Waits between attempts while the relay cannot be reached, in milliseconds; the last one repeats. */
const WAITS = [500, 1000, 2000, 5000];
/** An upload is given up after this many attempts in a row that moved nothing. */
const MOST_FAILURES = 20;

function root(project: string): string {
  return `/api/projects/${project}/files`;
}

/** A file's address, for links that download it. */
export function fileAddress(project: string, path: string): string {
  return `${root(project)}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** The files of a project, by name. @throws ApiError */
export async function listFiles(project: string): Promise<readonly ProjectFile[]> {
  return (await api<{ files: readonly ProjectFile[] }>("GET", root(project))).files;
}

/** @throws ApiError */
export async function renameFile(project: string, path: string, to: string): Promise<void> {
  await api("PATCH", fileAddress(project, path), { body: { path: to } });
}

/** @throws ApiError */
export async function deleteFile(project: string, path: string): Promise<void> {
  await api("DELETE", fileAddress(project, path));
}

/**
 * Sends a file. While the relay cannot be reached it tries again, and goes on with what has arrived.
 * @param onProgress bytes that have arrived, and whether it waits for the network
 * @throws ApiError with the relay's reason; the signal's reason when it is aborted
 */
export async function uploadFile(
  project: string,
  file: File,
  onProgress: (received: number, waiting: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  let best = 0;
  for (;;) {
    try {
      const begun = await api<{ upload: string; received: number }>("POST", `${root(project)}/init`, {
        body: { name: file.name, size: file.size },
        signal,
      });
      const address = `${root(project)}/uploads/${begun.upload}`;
      let received = begun.received;
      onProgress(received, false);
      while (received < file.size) {
        const chunk = file.slice(received, received + CHUNK);
        const answer = await api<{ received: number }>("PUT", `${address}?offset=${received}`, {
          body: chunk,
          signal,
        });
        received = answer.received;
        if (received > best) [best, failures] = [received, 0];
        onProgress(received, false);
      }
      await api("POST", `${address}/complete`, { signal });
      return;
    } catch (cause) {
      const passing =
        cause instanceof ApiError && (cause.status === 0 || cause.status === 409 || cause.status >= 502);
      failures += 1;
      if (!passing || failures > MOST_FAILURES) throw cause;
      onProgress(best, true);
      await pause(WAITS[Math.min(failures - 1, WAITS.length - 1)] ?? 0, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason instanceof Error ? signal.reason : new Error("The upload was stopped."));
      },
      { once: true },
    );
  });
}
