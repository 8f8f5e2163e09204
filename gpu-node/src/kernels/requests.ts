/** What a page may ask of a kernel, checked: everything beyond `type` is the page's word until here. */
import type { KernelRequest } from "@eyepiece/protocol/kernel/messages.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import * as v from "valibot";
import { EXECUTION_ID } from "./executions.ts";

const Execution = v.pipe(v.string(), v.regex(EXECUTION_ID, "is no name of an execution"));
const Code = v.pipe(v.string(), v.maxLength(8 << 20));
const Cursor = v.pipe(v.number(), v.integer(), v.minValue(0));
const Cell = v.pipe(v.string(), v.maxLength(64));
const Json = v.record(v.string(), v.unknown());

/** Name of a kernelspec, as Jupyter limits it. */
export const SPEC_NAME = /^[A-Za-z0-9._-]{1,100}$/;

const Request = v.variant("type", [
  v.object({
    type: v.literal("execute"),
    items: v.pipe(v.array(v.object({ execution: Execution, cell: Cell, code: Code })), v.maxLength(10_000)),
  }),
  v.object({ type: v.literal("cancel"), executions: v.pipe(v.array(Execution), v.maxLength(10_000)) }),
  v.object({ type: v.literal("start"), spec: v.pipe(v.string(), v.regex(SPEC_NAME)) }),
  v.object({ type: v.picklist(["interrupt", "restart", "shutdown", "variables"]) }),
  v.object({ type: v.literal("files"), bring: v.optional(v.boolean(), true) }),
  v.object({ type: v.literal("complete"), code: Code, cursor_pos: Cursor }),
  v.object({
    type: v.literal("inspect"),
    code: Code,
    cursor_pos: Cursor,
    detail_level: v.picklist([0, 1]),
  }),
  v.object({ type: v.literal("is_complete"), code: Code }),
  v.object({ type: v.literal("outputs"), execution: Execution, from: Cursor }),
  v.object({ type: v.literal("whole"), execution: Execution, from: Cursor }),
  v.object({ type: v.literal("file"), path: v.pipe(v.string(), v.maxLength(512)), from: Cursor }),
  v.object({
    type: v.literal("input"),
    execution: Execution,
    value: v.pipe(v.string(), v.maxLength(1 << 20)),
  }),
  v.object({
    type: v.literal("comm"),
    msg_type: v.picklist(["comm_open", "comm_msg", "comm_close"]),
    content: Json,
    metadata: v.optional(Json),
    msg_id: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))),
  }),
]);

/** A page's request. @throws ChannelError `invalid` that names the field */
export function checkedRequest(message: unknown): KernelRequest {
  const read = v.safeParse(Request, message);
  if (read.success) return read.output as KernelRequest;
  const [issue] = read.issues;
  const path = issue.path?.map((step) => String(step.key)).join(".") ?? "type";
  throw new ChannelError("invalid", `The request to the kernel is not valid: ${path}: ${issue.message}`);
}

const Params = v.object({
  notebook: v.pipe(v.string(), v.maxLength(128)),
  fresh: v.optional(v.boolean(), false),
  spec: v.optional(v.pipe(v.string(), v.regex(SPEC_NAME))),
});

/** Parameters of OPEN. @throws ChannelError `invalid` */
export function checkedParams(bytes: Uint8Array): v.InferOutput<typeof Params> {
  if (bytes.byteLength <= 8192) {
    try {
      return v.parse(Params, JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      // Said below, in one sentence for both.
    }
  }
  throw new ChannelError("invalid", "The parameters of a kernel's channel are not valid.");
}
