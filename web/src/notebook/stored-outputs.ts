/** Outputs as the relay keeps them: by their content's hash, so that what came once is never asked for again. */
import type { Output } from "@eyepiece/protocol/kernel/outputs.ts";
import { localStore } from "../documents/local-store.ts";
import { api } from "../services/api.ts";
import { textOf } from "./outputs/bundle.ts";

/** The outputs of a blob. @throws ApiError */
export async function loadStored(notebook: string, blob: string): Promise<readonly Output[]> {
  const address = `/api/notebooks/${notebook}/blobs/${blob}`;
  const kept = await localStore.kept<readonly unknown[]>(address).catch(() => undefined);
  const outputs = kept?.value ?? (await api<readonly unknown[]>("GET", address));
  if (!kept) await localStore.keep(address, outputs).catch(() => {});
  return outputs.map(normal);
}

/** nbformat allows texts as lists of lines. */
function normal(raw: unknown): Output {
  const output = raw as Record<string, unknown>;
  if (output.output_type === "stream") {
    const name = output.name === "stderr" ? "stderr" : "stdout";
    return { output_type: "stream", name, text: textOf(output.text) ?? "" };
  }
  return output as unknown as Output;
}
