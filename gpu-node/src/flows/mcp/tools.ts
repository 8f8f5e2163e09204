/** Flows as tools: their names, their schemas, a call of one. */
import { type CallToolResult, Server, type ServerContext, type Tool } from "@modelcontextprotocol/server";
import type { Person } from "../../trainer/http/person.ts";
import { CANCELLED, type Event } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Runs } from "../executions/runs.ts";
import { resultText } from "../http/results.ts";
import { openingFields, schemaOf } from "../launching/json-schema.ts";
import type { FlowForm, HandedIn, Launcher, UploadsOfForms } from "../launching/launcher.ts";
import type { Flow } from "../services/services.ts";
import { follow } from "../watching/follow.ts";
import type { Calls } from "./calls.ts";
import { GivenFiles, withFiles } from "./given-files.ts";

/** What tools stand on. */
export interface ToolRoom {
  readonly launcher: Launcher;
  readonly executions: Executions;
  readonly runs: Runs;
  readonly uploads: UploadsOfForms;
  readonly calls: Calls;
}

/** Tools that a client is told of. */
const MAX_TOOLS = 200;
/** Characters of a result; the run's page has the rest. */
const MAX_RESULT = 200_000;
const MAX_MESSAGE = 500;
const MAX_NAME = 64;

/** A server for one request of one person. @param legacy of the protocol before 2026-07-28 */
export function toolServer(room: ToolRoom, person: Person, legacy: boolean): Server {
  const server = new Server(
    { name: "eyepiece-flows", version: "0.1.0" },
    {
      capabilities: { tools: {} },
      instructions:
        "Each tool is a flow: it starts a run and answers with what the run came to. What a run tells on its way comes as progress.",
    },
  );
  server.setRequestHandler("tools/list", async () => ({ tools: await toolsOf(room, person) }));
  server.setRequestHandler("tools/call", async ({ params }, context) => {
    const flows = toolNames(await room.launcher.flows());
    const flow = flows.get(params.name);
    if (!flow) return failed(`There is no flow called ${params.name.slice(0, MAX_NAME)}.`);
    const { id, signal } = context.mcpReq;
    const running = room.calls.begin(person.id, id, signal);
    try {
      return await call(room, person, flow, params.arguments ?? {}, context, running.signal);
    } catch (cause) {
      return failed(cause instanceof Error ? cause.message : String(cause));
    } finally {
      running.end();
    }
  });
  if (legacy)
    server.setNotificationHandler("notifications/cancelled", ({ params: { requestId } }) => {
      if (requestId !== undefined) room.calls.cancel(person.id, requestId);
    });
  return server;
}

/** Flows by the names of their tools: the address with `_` between its parts, made different where two are alike. */
export function toolNames(flows: readonly Flow[]): ReadonlyMap<string, Flow> {
  const named = new Map<string, Flow>();
  // In the order of addresses, so that a further flow takes no other's name.
  for (const flow of [...flows].sort((a, b) => (a.url < b.url ? -1 : 1))) {
    const plain = flow.url
      .replace(/^\/-\//, "")
      .replace(/\/+$/, "")
      .replaceAll(/[^A-Za-z0-9_-]+/g, "_");
    const short = plain.slice(0, MAX_NAME);
    named.set(named.has(short) ? `${plain.slice(0, MAX_NAME - 9)}_${flow.uid.slice(0, 8)}` : short, flow);
  }
  return named;
}

async function toolsOf({ launcher }: ToolRoom, person: Person): Promise<Tool[]> {
  const named = [...toolNames(await launcher.flows())].slice(0, MAX_TOOLS);
  const tools = await Promise.all(
    named.map(async ([name, flow]) => {
      // A service that does not answer takes none of the others' tools away.
      const form = await launcher.form(flow, person).catch(() => undefined);
      return form ? toolOf(name, flow, form) : [];
    }),
  );
  return tools.flat();
}

function toolOf(name: string, flow: Flow, { elements }: FlowForm): Tool {
  const schema = withFiles(schemaOf(elements.filter(({ type }) => type !== "file")), elements);
  return {
    ...{ name, title: flow.summary, description: flow.description ?? flow.summary },
    inputSchema: JSON.parse(JSON.stringify(schema)) as Tool["inputSchema"],
  };
}

async function call(
  { launcher, executions, runs, uploads }: ToolRoom,
  person: Person,
  flow: Flow,
  given: Record<string, unknown>,
  { mcpReq: { _meta, notify } }: ServerContext,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const { elements } = await launcher.form(flow, person);
  const files = new GivenFiles(uploads, person.id);
  const handed = await handedIn(launcher, flow, person, elements, given, files);
  const execution = handed.result === undefined ? undefined : executions.find(handed.result);
  if (!execution) return failed(refusal(handed.errors ?? {}));
  const token = _meta?.progressToken;
  let progress = 0;
  const told = (event: Event): void => {
    const message = token === undefined ? undefined : progressOf(event, execution.fid);
    if (message === undefined || token === undefined) return;
    progress += 1;
    const params = { progressToken: token, progress, message: message.slice(0, MAX_MESSAGE) };
    // Who has gone hears no progress; that the request ended tells the signal.
    notify({ method: "notifications/progress", params }).catch(() => {});
  };
  try {
    const over = await follow(executions, execution, told, signal);
    if (!over) return failed("The run was removed before its end.");
    const final = executions.lastOf(over, "final")?.message;
    const error = executions.lastOf(over, "error")?.message;
    if (over.state === "error") return failed(error === CANCELLED ? "The run was cancelled." : (error ?? ""));
    const text = resultText(final);
    return {
      content: [{ type: "text", text: text.slice(0, MAX_RESULT) }],
      structuredContent: { fid: over.fid, truncated: text.length > MAX_RESULT },
    };
  } catch (cause) {
    // Who called the tool off, or went away, has no use for its run.
    runs.cancel(execution);
    throw cause;
  }
}

/** Hands the form in. Files that came with the call are kept by nobody else than its run. */
async function handedIn(
  launcher: Launcher,
  flow: Flow,
  person: Person,
  elements: FlowForm["elements"],
  given: Record<string, unknown>,
  files: GivenFiles,
): Promise<HandedIn> {
  let handed: HandedIn | undefined;
  try {
    const fields = files.taken(elements, given);
    handed = await launcher.handIn(flow, person, { ...openingFields(elements), ...fields });
    return handed;
  } finally {
    if (handed?.result === undefined) files.forget();
  }
}

/** What of an event is progress; undefined: nothing. */
function progressOf({ kind, message }: Event, fid: string): string | undefined {
  if (kind === "status")
    return message === "awaiting" ? `The run waits for an answer on its page, /flows/runs/${fid}` : message;
  if (kind === "result" || kind === "action" || kind === "agent") return resultText(message);
  return undefined;
}

function refusal(errors: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(errors).map(([name, messages]) =>
    name === "_global_" ? messages.join(" ") : `${name}: ${messages.join(" ")}`,
  );
  return `The form was refused. ${lines.join(" ")}`;
}

function failed(text: string): CallToolResult {
  return { content: [{ type: "text", text: text.slice(-MAX_RESULT) }], isError: true };
}
