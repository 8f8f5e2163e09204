/**
 * The `kernel` service: one reliable channel for each page and notebook. Messages are JSON, because Jupyter's own are, with the
 * binary buffers of comms behind it: a little-endian u32 (bytes of JSON), the JSON, then the buffers whose lengths its
 * `buffers` lists.
 */
import * as v from "valibot";
import { ChannelError } from "../wire/errors.ts";

/** Parameters of OPEN, as JSON. The relay reads `notebook` to know the caller's rights; the node trusts only its answer. */
export interface KernelParams {
  /** Id of the notebook whose kernel is meant. */
  readonly notebook: string;
  /** A process of its own, which ends with the channel: `/api/execute/stream`. */
  readonly fresh?: boolean;
  /** Name of the kernelspec that a fresh process, or a notebook without a kernel, starts with. */
  readonly spec?: string;
}

/** One cell to run: its source as it was when the person asked. */
export interface ExecuteItem {
  /** Chosen by the asker, [A-Za-z0-9-]{1,64}: outputs are kept under it for ever. */
  readonly execution: string;
  readonly cell: string;
  readonly code: string;
}

/** What a page asks. All but `input` and `comm` are answered by a `reply`. */
export type KernelRequest =
  /** Appends to the queue, which goes on without the page. Starts the kernel where there is none. */
  | { readonly type: "execute"; readonly items: readonly ExecuteItem[] }
  /** Takes executions that have not begun out of the queue. */
  | { readonly type: "cancel"; readonly executions: readonly string[] }
  /** Starts a kernel of this spec; another one that runs is shut down first. */
  | { readonly type: "start"; readonly spec: string }
  | { readonly type: "interrupt" }
  | { readonly type: "restart" }
  | { readonly type: "shutdown" }
  /** Jupyter's complete_request, inspect_request and is_complete_request; `content` of the reply is Jupyter's. */
  | { readonly type: "complete"; readonly code: string; readonly cursor_pos: number }
  | {
      readonly type: "inspect";
      readonly code: string;
      readonly cursor_pos: number;
      readonly detail_level: 0 | 1;
    }
  | { readonly type: "is_complete"; readonly code: string }
  /** Names, types, shapes and sizes of the kernel's variables: `content` is {variables: Variable[]}. */
  | { readonly type: "variables" }
  /**
   * Sends the log of an execution from item `from` on, and whatever follows. Not needed where a status with `items` 0 of one that is not
   * over came on the same channel: its outputs are sent as they come.
   */
  | { readonly type: "outputs"; readonly execution: string; readonly from: number }
  /** The answer to `input_request`. */
  | { readonly type: "input"; readonly execution: string; readonly value: string }
  | {
      readonly type: "comm";
      readonly msg_type: "comm_open" | "comm_msg" | "comm_close";
      readonly content: Readonly<Record<string, unknown>>;
      readonly metadata?: Readonly<Record<string, unknown>>;
      /** Name of the message, by which `comm_output` tells what it printed; chosen by the kernel's keeper when left out. */
      readonly msg_id?: string;
    }
  /**
   * A piece of the file that a `cut` item names, of at most 1 MiB: `content` of the reply is {bytes (of the whole file), next (where
   * the following piece begins; absent at the end)}, the piece is its buffer.
   */
  | { readonly type: "whole"; readonly execution: string; readonly from: number }
  /**
   * Brings the files of the notebook's project into the kernel's folder (not where `bring` is false), and lists it: `content` is
   * {files: FolderFile[]}.
   */
  | { readonly type: "files"; readonly bring?: boolean }
  /** A piece of a file of the kernel's folder, answered as `whole`. */
  | { readonly type: "file"; readonly path: string; readonly from: number };

/** A file in a kernel's folder. */
export interface FolderFile {
  readonly path: string;
  readonly size: number;
  readonly modified_ms: number;
  /** Whether it is the project's, as it was brought; else code made or changed it. */
  readonly brought: boolean;
}

/** A kernel's life. `none`: not started; `preparing`: its environment is being made. */
export type KernelState = "none" | "preparing" | "starting" | "idle" | "busy" | "restarting" | "dead";

/** A kernelspec. */
export interface KernelSpec {
  readonly name: string;
  readonly display_name: string;
  readonly language: string;
  /** False: its environment is made when it is first started. */
  readonly ready: boolean;
}

/** The kernel as a whole: sent at first and whenever something of it changed. */
export interface KernelStatus {
  readonly type: "kernel";
  readonly state: KernelState;
  /** Empty where none was chosen. */
  readonly spec: string;
  readonly specs: readonly KernelSpec[];
  /** Why it is dead or cannot start; or what preparing does now. */
  readonly message?: string;
  /** Of preparing, 0..1; absent where unknown. */
  readonly fraction?: number;
  readonly started_ms?: number;
  /** Resident bytes of the kernel's processes, every few seconds. */
  readonly memory_bytes?: number;
  readonly gpu_bytes?: number;
  /** Arrays that its viewers hold, on the node. */
  readonly array_bytes?: number;
  readonly cpu_share?: number;
}

export type ExecutionState = "queued" | "running" | "done" | "failed" | "cancelled" | "lost";

/** Where one execution stands: sent for all of the queue and the newest of each cell at first, then on each change. */
export interface ExecutionStatus {
  readonly type: "execution";
  readonly execution: string;
  readonly cell: string;
  readonly state: ExecutionState;
  /** Executions before it, while queued. */
  readonly position?: number;
  readonly execution_count?: number;
  readonly started_ms?: number;
  readonly ended_ms?: number;
  /** Items in its log. */
  readonly items: number;
}

/** A MIME bundle: values of JSON types are JSON, all others text (base64 for binary ones). */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** One item of an execution's log; outputs.ts applies them to nbformat outputs. */
export type OutputItem =
  | { readonly op: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly op: "display";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly display_id?: string;
    }
  | {
      readonly op: "result";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly execution_count: number;
      readonly display_id?: string;
    }
  | {
      readonly op: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    }
  | { readonly op: "clear"; readonly wait: boolean }
  /** Changes every output of the notebook with this display_id. */
  | {
      readonly op: "update";
      readonly display_id: string;
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  /** The log is at its limit: `bytes` more went into the file that `file` names at the node. */
  | { readonly op: "cut"; readonly bytes: number; readonly file: string };

/** What a node tells. */
export type KernelEvent =
  | KernelStatus
  | ExecutionStatus
  | {
      readonly type: "output";
      readonly execution: string;
      /** Number of the first of `items` in the log. */
      readonly from: number;
      readonly items: readonly OutputItem[];
    }
  | {
      readonly type: "input_request";
      readonly execution: string;
      readonly prompt: string;
      readonly password: boolean;
    }
  | {
      readonly type: "comm";
      readonly msg_type: "comm_open" | "comm_msg" | "comm_close";
      readonly content: Readonly<Record<string, unknown>>;
      readonly metadata?: Readonly<Record<string, unknown>>;
      /** Name of the message that the kernel answers by this one. */
      readonly parent_id?: string;
    }
  /** The kernel is done with a comm message of a page. */
  | { readonly type: "comm_done"; readonly msg_id: string }
  | {
      /** What a comm message of a page printed: ipywidgets' Output collects it by the message's name. */
      readonly type: "comm_output";
      readonly msg_id: string;
      readonly item: OutputItem;
    }
  | {
      readonly type: "reply";
      readonly to: number;
      readonly content?: Readonly<Record<string, unknown>>;
      readonly error?: { readonly code: string; readonly message: string };
    }
  | { readonly type: "notice"; readonly level: "info" | "warn" | "error"; readonly text: string };

/** A variable of a kernel. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  /** Short text of the value, or its shape and element type. */
  readonly summary: string;
  readonly bytes?: number;
}

/** A request or event with its id and buffers. */
export interface Framed<T> {
  readonly message: T;
  /** Of requests, for the reply; 0 for none. */
  readonly id: number;
  readonly buffers: readonly Uint8Array[];
}

/** The most bytes of one message. */
export const MAX_KERNEL_MESSAGE = 64 * 1024 * 1024;

const Head = v.looseObject({
  id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  buffers: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), []),
  type: v.string(),
});

/** Encodes one message. */
export function encodeKernel<T extends KernelRequest | KernelEvent>(
  message: T,
  id = 0,
  buffers: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const head = {
    ...message,
    ...(id && { id }),
    ...(buffers.length > 0 && { buffers: buffers.map((one) => one.byteLength) }),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const size = buffers.reduce((sum, one) => sum + one.byteLength, 4 + json.byteLength);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, json.byteLength, true);
  bytes.set(json, 4);
  let at = 4 + json.byteLength;
  for (const one of buffers) {
    bytes.set(one, at);
    at += one.byteLength;
  }
  return bytes;
}

/**
 * Decodes one message. The fields beyond `type` are the sender's word: each side checks those that it uses.
 * @throws ChannelError `invalid`
 */
export function decodeKernel<T extends KernelRequest | KernelEvent>(bytes: Uint8Array): Framed<T> {
  const invalid = (why: string): ChannelError => new ChannelError("invalid", `A kernel message ${why}.`);
  if (bytes.byteLength < 4 || bytes.byteLength > MAX_KERNEL_MESSAGE) throw invalid("has no valid length");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  if (length > bytes.byteLength - 4) throw invalid("ends within its JSON");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(4, 4 + length)));
  } catch {
    throw invalid("is not JSON");
  }
  const head = v.safeParse(Head, json);
  if (!head.success) throw invalid("has no type");
  const { id, buffers: lengths, ...message } = head.output;
  const buffers: Uint8Array[] = [];
  let at = 4 + length;
  for (const size of lengths) {
    if (at + size > bytes.byteLength) throw invalid("ends within its buffers");
    buffers.push(bytes.subarray(at, at + size));
    at += size;
  }
  if (at !== bytes.byteLength) throw invalid("is longer than it says");
  return { message: message as unknown as T, id, buffers };
}
