/**
 * vLLM as a backend, where somebody has installed it: `EYEPIECE_VLLM` names its virtual environment. Its server listens on
 * a unix socket in a folder that only the node enters. Facts about it: docs.vllm.ai, "OpenAI-compatible server", "LoRA
 * adapters", "Sleep mode" (`/collective_rpc`).
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { insidePaths, launch } from "../../launcher/plan.ts";
import { programFolder } from "../../launcher/program-folder.ts";
import {
  BackendError,
  type BackendStats,
  type GenerateListener,
  type GenerateRequest,
  type ModelBackend,
  type ModelFacts,
  type TokenLogprob,
  type Usage,
} from "./backend.ts";

/** Compiling kernels takes minutes at the first start. */
const START_MS = 30 * 60_000;
const NAME = "base";
const MAX_BODY = 16 * 1024 * 1024;

/** What it is started with. */
export interface VllmOptions {
  readonly folder: string;
  readonly gpu: string;
  /** Of the GPU's memory, all together. */
  readonly bytes: number;
  /** Of the GPU. */
  readonly deviceBytes: number;
  readonly roots: readonly string[];
  readonly sandbox: boolean;
}

/** The virtual environment with vLLM; undefined where there is none. */
export function vllmFolder(): string | undefined {
  const folder = process.env.EYEPIECE_VLLM;
  return folder && existsSync(join(folder, "bin", "vllm")) ? folder : undefined;
}

/** Whether vLLM may know a model: those of `eyepiece_models` are loaded by our own worker alone. */
export function vllmKnows(folder: string): boolean {
  try {
    const { model_type: type } = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
    return type !== "nanochat_gpt";
  } catch {
    // It says itself what is wrong.
    return true;
  }
}

/** Starts a server and waits until it answers. @throws BackendError */
export async function startVllm(venv: string, options: VllmOptions): Promise<ModelBackend> {
  const made = programFolder("vllm");
  const parts = { ...made.parts, sandbox: options.sandbox };
  const python = realpathSync(join(venv, "bin", "python"));
  const { command, args, env, cwd } = launch({
    argv: [
      ...[join(venv, "bin", "python"), "-m", "vllm.entrypoints.openai.api_server"],
      ...["--model", options.folder, "--served-model-name", NAME, "--enable-lora"],
      ...["--max-loras", "4", "--max-lora-rank", "64"],
      ...["--uds", join(insidePaths(parts).sockets, "vllm")],
      ...["--gpu-memory-utilization", (options.bytes / options.deviceBytes).toFixed(3)],
    ],
    env: {
      ...{ CUDA_VISIBLE_DEVICES: options.gpu, HF_HUB_OFFLINE: "1", VLLM_NO_USAGE_STATS: "1" },
      // The socket is the node's alone: its clients reach neither of these.
      ...{ VLLM_ALLOW_RUNTIME_LORA_UPDATING: "True", VLLM_SERVER_DEV_MODE: "1" },
    },
    ...parts,
    readOnly: [venv, dirname(dirname(python)), ...options.roots],
    ...{ writable: [], hidden: [], processes: 4096 },
  });
  const child = spawn(command, [...args], {
    ...{ env: { ...env }, cwd, detached: true },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const ended = Promise.withResolvers<string>();
  child.once("error", (cause) => ended.resolve(cause.message));
  child.once("close", (code, signal) => {
    ended.resolve(`vLLM ended (${signal ?? code}): ${complaint.trim().split("\n").at(-1) ?? ""}`);
    void rm(made.folder, { recursive: true, force: true });
  });
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of the group has ended.
    }
  };
  const server = new VllmServer(join(parts.sockets, "vllm"), ended.promise, kill, options.folder);
  try {
    await server.up(AbortSignal.timeout(START_MS));
  } catch (cause) {
    kill();
    throw cause;
  }
  return server;
}

const Chunk = v.object({
  choices: v.array(
    v.object({
      index: v.number(),
      text: v.optional(v.string()),
      delta: v.optional(v.object({ content: v.nullish(v.string()) })),
      finish_reason: v.nullish(v.string()),
      logprobs: v.nullish(
        v.object({
          content: v.nullish(v.array(v.unknown())),
          // Of `/v1/completions`.
          tokens: v.nullish(v.array(v.string())),
          token_logprobs: v.nullish(v.array(v.number())),
          top_logprobs: v.nullish(v.array(v.record(v.string(), v.number()))),
        }),
      ),
    }),
  ),
  usage: v.nullish(v.object({ prompt_tokens: v.number(), completion_tokens: v.number() })),
  error: v.optional(v.object({ message: v.string() })),
});
const Token = v.object({ token: v.string(), logprob: v.number(), bytes: v.nullish(v.array(v.number()), []) });
const Models = v.object({ data: v.array(v.object({ max_model_len: v.optional(v.number(), 0) })) });

class VllmServer implements ModelBackend {
  facts: ModelFacts;
  readonly ended: Promise<string>;
  readonly kill: () => void;
  readonly #socket: string;
  readonly #adapters = new Set<string>();
  #running = 0;
  #over: string | undefined;

  constructor(socket: string, ended: Promise<string>, kill: () => void, folder: string) {
    this.#socket = socket;
    this.ended = ended;
    this.kill = kill;
    const config = readFileSync(join(folder, "config.json"), "utf8");
    this.facts = { context: 0, images: config.includes('"vision_config"'), device: "cuda" };
    void ended.then((why) => {
      this.#over = why;
    });
  }

  /** Resolves when it answers. */
  async up(signal: AbortSignal): Promise<void> {
    while (this.#over === undefined) {
      signal.throwIfAborted();
      const answer = await this.#ask("GET", "/v1/models").catch(() => undefined);
      const models = v.safeParse(Models, answer);
      if (models.success) {
        this.facts = { ...this.facts, context: models.output.data[0]?.max_model_len ?? 0 };
        return;
      }
      await sleep(250);
    }
    throw new BackendError(`The model cannot be served: ${this.#over}`, 503);
  }

  async generate(request: GenerateRequest, listener: GenerateListener, signal: AbortSignal): Promise<Usage> {
    const { adapter, logprobs, messages, template, ...rest } = request;
    const chat = messages !== undefined;
    const body = {
      ...rest,
      model: adapter ?? NAME,
      ...{ stream: true, stream_options: { include_usage: true } },
      ...(chat && { messages: messages.map(withImages), chat_template_kwargs: template ?? {} }),
      ...(logprobs !== undefined && (chat ? { logprobs: true, top_logprobs: logprobs } : { logprobs })),
    };
    this.#running += 1;
    try {
      const path = chat ? "/v1/chat/completions" : "/v1/completions";
      const response = await this.#send("POST", path, body, signal);
      listener.onAccepted();
      let usage: Usage | undefined;
      for await (const data of events(response)) {
        if (data === "[DONE]") break;
        const chunk = v.parse(Chunk, JSON.parse(data));
        if (chunk.error) throw new BackendError(chunk.error.message);
        for (const choice of chunk.choices) {
          const told = choice.logprobs && tokensOf(choice.logprobs);
          const finish = choice.finish_reason;
          listener.onPiece({
            index: choice.index,
            text: choice.delta?.content ?? choice.text ?? "",
            ...(told && { logprobs: told }),
            ...(finish && { finish: finish === "length" ? "length" : "stop" }),
          });
        }
        if (chunk.usage) usage = chunk.usage;
      }
      if (!usage)
        throw new BackendError(`vLLM broke off: ${this.#over ?? "its stream ended"}. Ask again.`, 503);
      return usage;
    } finally {
      this.#running -= 1;
    }
  }

  async addAdapter(name: string, folder: string): Promise<void> {
    await this.dropAdapter(name);
    await this.#ask("POST", "/v1/load_lora_adapter", { lora_name: name, lora_path: folder });
    this.#adapters.add(name);
  }

  async dropAdapter(name: string): Promise<void> {
    if (this.#adapters.delete(name)) await this.#ask("POST", "/v1/unload_lora_adapter", { lora_name: name });
  }

  async reload(folder: string): Promise<void> {
    const kwargs = { weights_path: folder };
    await this.#ask("POST", "/collective_rpc", { method: "reload_weights", kwargs });
    // What it computed of prompts before is of the old weights.
    await this.#ask("POST", "/reset_prefix_cache");
  }

  async stats(): Promise<BackendStats> {
    return { running: this.#running, waiting: 0, tokens: 0, budget: 0 };
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#send(method, path, body, AbortSignal.timeout(START_MS));
    const text = await textOf(response);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  /** @throws BackendError for a status that is no success */
  async #send(method: string, path: string, body: unknown, signal: AbortSignal): Promise<IncomingMessage> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const asked = httpRequest({ socketPath: this.#socket, path, method, headers, signal }, resolve);
      asked.once("error", (cause) => reject(new BackendError(`vLLM does not answer: ${cause.message}`, 503)));
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
    const status = response.statusCode ?? 500;
    if (status < 300) return response;
    throw new BackendError((await textOf(response)).slice(0, 500), status);
  }
}

/** Its parts have the address of an image one level deeper. */
function withImages(message: NonNullable<GenerateRequest["messages"]>[number]): unknown {
  if (!Array.isArray(message.content)) return message;
  const parts = message.content.map((part) =>
    part.type === "image_url" ? { ...part, image_url: { url: part.image_url } } : part,
  );
  return { ...message, content: parts };
}

function tokensOf(
  told: NonNullable<v.InferOutput<typeof Chunk>["choices"][number]["logprobs"]>,
): (TokenLogprob & { top: TokenLogprob[] })[] {
  if (told.content) return told.content.map(tokenOf);
  const one = (token: string, logprob: number): TokenLogprob => ({
    ...{ token, logprob, bytes: [...Buffer.from(token)] },
  });
  return (told.tokens ?? []).map((token, n) => ({
    ...one(token, told.token_logprobs?.[n] ?? 0),
    top: Object.entries(told.top_logprobs?.[n] ?? {}).map(([text, logprob]) => one(text, logprob)),
  }));
}

function tokenOf(entry: unknown): TokenLogprob & { top: TokenLogprob[] } {
  const { top_logprobs: top } = v.parse(v.object({ top_logprobs: v.array(Token) }), entry);
  return { ...v.parse(Token, entry), top };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of response.setEncoding("utf8")) {
    text += part;
    if (text.length > MAX_BODY) throw new BackendError("vLLM said too much.");
  }
  return text;
}

/** The `data` of server-sent events. */
async function* events(response: IncomingMessage): AsyncGenerator<string> {
  let rest = "";
  for await (const part of response.setEncoding("utf8")) {
    const blocks = (rest + String(part)).split("\n\n");
    rest = blocks.pop() ?? "";
    if (rest.length > MAX_BODY) throw new BackendError("vLLM said too much.");
    for (const block of blocks) if (block.startsWith("data: ")) yield block.slice("data: ".length);
  }
}
