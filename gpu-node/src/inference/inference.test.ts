import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signalEach } from "../jobs/testing/jobs.ts";
import { TrainerWorld } from "../trainer/testing/world.ts";
import { inferenceRoutes } from "./routes.ts";
import { cpuLedger, SETUP_MS, serverOf, TinyModels, workerPids } from "./testing/models.ts";

// Python is started several times, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 });

const models = new TinyModels();
const world = new TrainerWorld();
const ledger = cpuLedger();
let server: ReturnType<typeof serverOf>;

beforeAll(async () => {
  await models.make();
  server = serverOf(models.folder, { ledger });
  await world.start({ v1: [inferenceRoutes(server, models)], monitor: [] });
}, SETUP_MS);
afterAll(async () => {
  server?.close();
  await world.end();
  models.remove();
});

const WAIT = { timeout: 60_000, interval: 50 };
const HELLO = [{ role: "user", content: "hello" }];
const GREEDY = { temperature: 0, max_tokens: 24, ignore_eos: true };

type Body = Record<string, unknown>;
interface Choice {
  readonly index: number;
  readonly text?: string;
  readonly message?: { role: string; content: string };
  readonly delta?: { role?: string; content?: string };
  readonly finish_reason: string | null;
  readonly logprobs: { content: { token: string; logprob: number; top_logprobs: unknown[] }[] } | null;
}
interface Answered {
  readonly object: string;
  readonly choices: Choice[];
  readonly usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
  readonly error?: { message: string; type: string; param: string | null; code: string | null };
}

async function post(path: string, body: Body, init: RequestInit = {}): Promise<Response> {
  return world.ask(world.relay.url, `/v1${path}`, {
    ...{ method: "POST", body: JSON.stringify(body) },
    ...init,
    headers: { "content-type": "application/json" },
  });
}

async function chat(body: Body): Promise<Answered> {
  const answer = await post("/chat/completions", { model: "tiny", messages: HELLO, ...GREEDY, ...body });
  return (await answer.json()) as Answered;
}

async function textOf(body: Body): Promise<string> {
  const { choices, error } = await chat(body);
  expect(error).toBeUndefined();
  return choices[0]?.message?.content ?? "";
}

/** Chunks of a stream, as they come. */
async function* chunks(response: Response): AsyncGenerator<Answered> {
  expect(response.headers.get("content-type")).toMatch("text/event-stream");
  let rest = "";
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + part).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (event === "data: [DONE]") return;
      yield JSON.parse(event.slice("data: ".length)) as Answered;
    }
  }
  throw new Error("the stream ended without [DONE]");
}

describe("answers", () => {
  test("a stream says what the whole answer says, and its usage when asked", async () => {
    const whole = await chat({});
    expect(whole.object).toBe("chat.completion");
    expect(whole.choices[0]).toMatchObject({ index: 0, finish_reason: "length", logprobs: null });
    expect(whole.usage).toEqual({ prompt_tokens: 7, completion_tokens: 24, total_tokens: 31 });
    const body = { model: "tiny", messages: HELLO, ...GREEDY, stream: true };
    const options = { stream_options: { include_usage: true } };
    const said: Answered[] = [];
    for await (const chunk of chunks(await post("/chat/completions", { ...body, ...options })))
      said.push(chunk);
    expect(said[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
    expect(said.map(({ choices }) => choices[0]?.delta?.content ?? "").join("")).toBe(
      whole.choices[0]?.message?.content,
    );
    expect(said.at(-2)?.choices[0]?.finish_reason).toBe("length");
    expect(said.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    const plain: Answered[] = [];
    for await (const chunk of chunks(await post("/chat/completions", body))) plain.push(chunk);
    expect(plain.every((chunk) => chunk.usage === undefined && chunk.choices.length === 1)).toBe(true);
  });

  test("n choices with a seed are the same twice, with log probabilities", async () => {
    const asked = { temperature: 1, seed: 3, n: 3, logprobs: true, top_logprobs: 2 };
    const first = await chat(asked);
    expect((await chat(asked)).choices).toEqual(first.choices);
    const [one, two] = first.choices;
    expect(one?.message?.content).not.toBe(two?.message?.content);
    expect(one?.logprobs?.content).toHaveLength(24);
    expect(one?.logprobs?.content[0]?.top_logprobs).toHaveLength(2);
  });

  test("a stop string ends an answer and is not in it", async () => {
    const text = await textOf({});
    const stop = text.slice(6, 9);
    const answer = await chat({ stop });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { content: text.slice(0, text.indexOf(stop)) },
    });
  });

  test("completions take texts and tokens, several at a time", async () => {
    const body = { model: "tiny", prompt: ["ab", "cd"], n: 2, max_tokens: 3, logprobs: 1, ignore_eos: true };
    const answer = (await (await post("/completions", body)).json()) as Answered;
    expect(answer.object).toBe("text_completion");
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(answer.choices[0]?.logprobs).toMatchObject({
      text_offset: [0, expect.anything(), expect.anything()],
    });
    const tokens = { model: "tiny", prompt: [10, 11, 12], max_tokens: 3, ignore_eos: true };
    expect(((await (await post("/completions", tokens)).json()) as Answered).usage).toMatchObject({
      prompt_tokens: 3,
      completion_tokens: 3,
    });
  });

  test("an adapter is chosen by its name, beside its base and other models, at the same time", async () => {
    const asked = ["tiny", "lora", "other", "tiny", "lora"];
    const texts = await Promise.all(asked.map((model) => textOf({ model })));
    expect(new Set(texts).size).toBe(3);
    expect(texts.slice(3)).toEqual(texts.slice(0, 2));
    // The adapter shares its base's process.
    expect((await server.report()).map(({ folder }) => folder)).toEqual([
      models.at("tiny"),
      models.at("other"),
    ]);
  });

  test("tools reach the template, images the model that sees", async () => {
    const tools = [{ type: "function", function: { name: "look_up", parameters: { type: "object" } } }];
    const plain = (await chat({})).usage?.prompt_tokens ?? 0;
    expect((await chat({ tools })).usage?.prompt_tokens).toBeGreaterThan(plain + 20);
    expect((await chat({ tools, tool_choice: "none" })).usage?.prompt_tokens).toBe(plain);
    // One pixel.
    const png =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    const content = [
      { type: "text", text: "what is this" },
      { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } },
    ];
    const seen = await chat({ model: "seeing", messages: [{ role: "user", content }] });
    expect(seen.usage?.completion_tokens).toBe(24);
    const blind = await chat({ messages: [{ role: "user", content }] });
    expect(blind.error?.message).toMatch(/does not see/);
  });

  test("an answer is JSON where JSON is asked, of its schema, in one piece and in many", async () => {
    const properties = {
      mood: { enum: ["glad", "grim"] },
      age: { type: "integer", minimum: 1, maximum: 99 },
    };
    const schema = { type: "object", properties, required: ["mood", "age"], additionalProperties: false };
    const response_format = { type: "json_schema", json_schema: { name: "person", schema, strict: true } };
    const asked = { model: "tiny", messages: HELLO, max_tokens: 200, temperature: 1.5, response_format };
    const whole = (await (await post("/chat/completions", asked)).json()) as Answered;
    const stream = await (await post("/chat/completions", { ...asked, model: "lora", stream: true })).text();
    const chunks = stream.split("\n\n").filter((event) => event.startsWith("data: {"));
    const pieces = chunks.map((event) => JSON.parse(event.slice(6)) as Answered);
    const texts = [
      whole.choices[0]?.message?.content ?? "",
      pieces.map(({ choices: [choice] }) => choice?.delta?.content ?? "").join(""),
    ];
    for (const text of texts) {
      const { mood, age, ...more } = JSON.parse(text) as { mood: string; age: number };
      expect(["glad", "grim"]).toContain(mood);
      expect(Number.isInteger(age) && age >= 1 && age <= 99, text).toBe(true);
      expect(more).toEqual({});
    }
    expect(whole.choices[0]?.finish_reason).toBe("stop");
  });
});

describe("what is wrong is said", () => {
  const wrong: readonly [string, Body, number, { param?: string; code?: string; message: RegExp }][] = [
    ["a field that there is not", { frobnicate: 1 }, 400, { param: "frobnicate", message: /Unrecognized/ }],
    ["a field of another kind", { temperature: "hot" }, 400, { param: "temperature", message: /number/ }],
    [
      "a number out of range",
      { top_logprobs: 21, logprobs: true },
      400,
      { param: "top_logprobs", message: /20/ },
    ],
    ["a model that there is not", { model: "gpt-9" }, 404, { code: "model_not_found", message: /gpt-9/ }],
    ["no message", { messages: [] }, 400, { param: "messages", message: /length/ }],
    [
      "a prompt too long",
      { messages: [{ role: "user", content: "x".repeat(5000) }] },
      400,
      {
        ...{
          param: "messages",
          code: "context_length_exceeded",
          message: /maximum context length is 1024 tokens/,
        },
      },
    ],
    ["no chat template", { model: "untaught" }, 400, { code: "no_chat_template", message: /completions/ }],
    [
      "a format",
      { response_format: { type: "xml" } },
      400,
      { param: "response_format.type", message: /json_schema/ },
    ],
    [
      "a schema that is none",
      { response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "whatever" } } } },
      400,
      { param: "response_format", code: "invalid_json_schema", message: /schema cannot be used/ },
    ],
    [
      "a form without an end",
      { response_format: { type: "json_object" }, ignore_eos: true },
      400,
      { param: "ignore_eos", message: /after the end/ },
    ],
  ];
  test.each(wrong)("%s", async (_name, body, status, error) => {
    for (const stream of [false, true]) {
      const asked = { model: "tiny", messages: HELLO, max_tokens: 4, stream, ...body };
      const answer = await post("/chat/completions", asked);
      expect(answer.status).toBe(status);
      const told = ((await answer.json()) as Answered).error;
      expect(told).toMatchObject({ type: "invalid_request_error" });
      expect(told?.message).toMatch(error.message);
      if (error.param) expect(told?.param).toBe(error.param);
      if (error.code) expect(told?.code).toBe(error.code);
    }
  });

  test("a folder that holds no model", async () => {
    models.put({ id: "empty", folder: models.folder });
    expect((await chat({ model: "empty" })).error?.message).toMatch(/is not a model that can be loaded/);
  });
});

describe("models", () => {
  test("are listed for whom they are, launched and killed", async () => {
    models.put({ id: "hers", folder: models.at("tiny"), ownedBy: "somebody else" });
    const listed = (await (await world.ask(world.relay.url, "/v1/models")).json()) as { data: Body[] };
    expect(listed.data.map(({ id }) => id)).not.toContain("hers");
    expect(listed.data[0]).toMatchObject({ id: "tiny", object: "model", owned_by: "everybody" });
    expect((await chat({ model: "hers" })).error?.code).toBe("model_not_found");
    expect((await post("/chat/launch", { model: "other" })).status).toBe(200);
    const one = async () => (await world.ask(world.relay.url, "/v1/models/other")).json();
    expect(await one()).toMatchObject({ id: "other", state: "running" });
    expect(await (await post("/chat/kill", { model: "other" })).json()).toMatchObject({ ended: 1 });
    await vi.waitFor(async () => expect(await one()).toMatchObject({ state: "stopped" }), WAIT);
  });

  test("one whose weights change takes those of its new folder", async () => {
    const [wanted, before] = await Promise.all([textOf({ model: "other" }), textOf({})]);
    models.put({ id: "grpo:1", folder: models.at("tiny"), live: true });
    expect(await textOf({ model: "grpo:1" })).toBe(before);
    models.put({ id: "grpo:1", folder: models.at("other"), live: true });
    expect(await textOf({ model: "grpo:1" })).toBe(wanted);
    expect(await textOf({})).toBe(before);
    models.put({ id: "grpo:1", folder: models.at("lora"), live: true });
    expect((await chat({ model: "grpo:1" })).error?.message).toMatch(/which .* has not|lacks weights/);
  });

  test("take memory of the ledger while they run, and are refused with words where there is none", async () => {
    const held = ledger.report()[0]?.reservations ?? [];
    expect(held.length).toBe((await server.report()).length);
    expect(held.every(({ use, bytes }) => use === "inference" && bytes > 256 * 1024 ** 2)).toBe(true);
    const full = serverOf(models.folder, { ledger: cpuLedger(100) });
    const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
    const tiny = models.find(ada, "tiny");
    if (!tiny) throw new Error("tiny is gone");
    await expect(full.launch(ada, tiny)).rejects.toThrow(
      /no room for the model: this CPU has 100 MiB of 100 MiB free/,
    );
    full.close();
    // With room for one, the second takes the first one's place.
    const small = serverOf(models.folder, { ledger: cpuLedger(500) });
    await small.launch(ada, tiny);
    await small.launch(ada, { ...tiny, id: "other", folder: models.at("other") });
    expect((await small.report()).map(({ folder }) => folder)).toEqual([models.at("other")]);
    small.close();
  });

  test("that nobody asks end", async () => {
    const idle = serverOf(models.folder, { inactivityMs: 200 });
    const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
    const tiny = models.find(ada, "tiny");
    if (!tiny) throw new Error("tiny is gone");
    await idle.launch(ada, tiny);
    await vi.waitFor(() => expect(idle.stateOf(tiny)).toBe("stopped"), WAIT);
    idle.close();
  });
});

describe("faults", () => {
  const endless = { model: "tiny", messages: HELLO, max_tokens: 1000, ignore_eos: true, stream: true };

  test("a client that goes away leaves the batch", async () => {
    const gone = new AbortController();
    const response = await post("/chat/completions", { ...endless, n: 8 }, { signal: gone.signal });
    await response.body?.getReader().read();
    gone.abort();
    const stats = async () =>
      (await server.report()).find(({ folder }) => folder === models.at("tiny"))?.stats;
    await vi.waitFor(
      async () => expect(await stats()).toMatchObject({ running: 0, waiting: 0, tokens: 0 }),
      WAIT,
    );
    expect(await textOf({})).not.toBe("");
  });

  test("a worker that is killed fails what it was writing, in words, and the next request works", async () => {
    await textOf({});
    const response = await post("/chat/completions", { ...endless, n: 8 });
    const heard: Answered[] = [];
    const reading = (async () => {
      for await (const chunk of chunks(response)) {
        heard.push(chunk);
        if (heard.length === 10) signalEach(workerPids(), "SIGKILL");
      }
    })();
    await reading.catch(() => {});
    expect(heard.at(-1)?.error).toMatchObject({
      type: "server_error",
      message: expect.stringMatching(/process is gone: its process ended .*Ask again: it is started anew/),
    });
    expect(await textOf({})).not.toBe("");
  });
});
