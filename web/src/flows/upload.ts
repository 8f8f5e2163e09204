/** Files of a form on their way to the node: in parts, with how far they are. */
import { BASE } from "./api.ts";

/** Of one part; the node takes up to eight times as much. */
const PART = 1024 * 1024;

/** A file that is on its way, or there. */
export interface Upload {
  readonly file: File;
  /** Within the folder that was chosen, else the file's own name. */
  readonly name: string;
  id: string;
  /** 0 to 1. */
  share: number;
  trouble: string;
}

/** A file to upload. */
export function uploadOf(file: File): Upload {
  return { file, name: file.webkitRelativePath || file.name, id: "", share: 0, trouble: "" };
}

/** Sends it. @param changed told as it goes on @throws Error with the node's sentence, and where `signal` says so */
export async function send(upload: Upload, changed: () => void, signal: AbortSignal): Promise<void> {
  const { file, name } = upload;
  const parts = Math.ceil(file.size / PART);
  const begun = await ask("/files/init", JSON.stringify({ filename: name, total_chunks: parts }), signal);
  upload.id = String((begun as { upload_id?: unknown }).upload_id);
  for (let part = 0; part < parts; part++) {
    const body = new FormData();
    body.append("upload_id", upload.id);
    body.append("chunk_number", String(part));
    body.append("chunk", file.slice(part * PART, (part + 1) * PART), "part");
    await ask("/files/chunk", body, signal);
    upload.share = (part + 1) / parts;
    changed();
  }
  upload.share = 1;
  changed();
}

/** Forgets one that no form will name. What fails here runs out by itself. */
export async function forget(upload: Upload): Promise<void> {
  if (upload.id !== "")
    await fetch(`${BASE}/files/cancel/${upload.id}`, { method: "DELETE" }).catch(() => {});
}

/** What a form hands in for these files. */
export function namesOf(uploads: readonly Upload[]): string {
  const items = Object.fromEntries(
    uploads.map(({ id, name, file }) => [id, { filename: name, totalChunks: Math.ceil(file.size / PART) }]),
  );
  return JSON.stringify({ batchId: uploads[0]?.id ?? "", items });
}

async function ask(path: string, body: FormData | string, signal: AbortSignal): Promise<unknown> {
  const headers = typeof body === "string" ? { "content-type": "application/json" } : undefined;
  const response = await fetch(BASE + path, { method: "POST", body, signal, ...(headers && { headers }) });
  const answer = (await response.json().catch(() => ({}))) as { detail?: string; message?: string };
  if (!response.ok)
    throw new Error(answer.detail ?? answer.message ?? `The relay answered ${response.status}.`);
  return answer;
}
