import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { ApiError } from "../../trainer/http/api-error.ts";
import { BackendError, type GenerateListener } from "../workers/backend.ts";
import { CHAT } from "./answers.ts";
import { completeStream, type Generate } from "./complete.ts";
import { chatRequest, completionRequest } from "./requests.ts";

const HELLO = { model: "m", messages: [{ role: "user", content: "hello" }] };

describe("requests", () => {
  test("whatever comes is taken or refused in OpenAI's shape", () => {
    const fields = fc.constantFrom(
      ...[
        "model",
        "messages",
        "prompt",
        "stop",
        "n",
        "seed",
        "tools",
        "logit_bias",
        "logprobs",
        "max_tokens",
      ],
      ...["temperature", "stream", "stream_options", "response_format", "x", "__proto__", "constructor"],
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fields, fc.jsonValue())), (body) => {
        for (const read of [chatRequest, completionRequest])
          try {
            read(body);
          } catch (cause) {
            expect(cause).toBeInstanceOf(ApiError);
            expect((cause as ApiError).status).toBe(400);
          }
      }),
    );
  });

  test("what is null or left out is the model's own default", () => {
    const nulls = { temperature: null, stop: null, n: null, seed: null, tools: null, max_tokens: null };
    expect(chatRequest({ ...HELLO, ...nulls })).toEqual({
      ...{ model: "m", stream: false, includeUsage: false, n: 1 },
      requests: [{ messages: HELLO.messages }],
    });
  });

  test("names that mean the same are one", () => {
    const asked = chatRequest({
      model: "m",
      messages: [
        { role: "developer", content: "be brief" },
        { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] },
      ],
      ...{ max_tokens: 5, max_completion_tokens: 7, stop: "END", top_k: -1 },
    });
    expect(asked.requests[0]).toEqual({
      messages: [
        { role: "system", content: "be brief" },
        { role: "user", content: [{ type: "image_url", image_url: "data:image/png;base64,AA==" }] },
      ],
      ...{ max_tokens: 7, stop: ["END"], top_k: 0 },
    });
    expect(completionRequest({ model: "m", prompt: [1, 2] }).requests).toEqual([
      { prompt: [1, 2], max_tokens: 16 },
    ]);
  });
});

describe("streams", () => {
  const asked = chatRequest({ ...HELLO, stream: true });
  /** A backend under the test's hand. */
  const held = () => {
    const done = Promise.withResolvers<{ prompt_tokens: number; completion_tokens: number }>();
    let listener: GenerateListener | undefined;
    let signal: AbortSignal | undefined;
    const generate: Generate = (_request, hears, stops) => {
      listener = hears;
      signal = stops;
      return done.promise;
    };
    return { generate, done, hears: () => listener, stops: () => signal };
  };

  test("what fails before the prompt is taken is a status, afterwards an event", async () => {
    const early = held();
    const response = completeStream(asked, CHAT, early.generate, new AbortController().signal);
    early.done.reject(new BackendError("too long", 400, "messages", "context_length_exceeded"));
    await expect(response).rejects.toMatchObject({ status: 400, param: "messages" });
    const late = held();
    const second = completeStream(asked, CHAT, late.generate, new AbortController().signal);
    late.hears()?.onAccepted();
    const body = (await second).text();
    late.hears()?.onPiece({ index: 0, text: "half" });
    late.done.reject(new BackendError("The model's process is gone.", 503));
    const events = (await body).trim().split("\n\n");
    expect(events).toHaveLength(3);
    expect(JSON.parse(events[2]?.slice(6) ?? "")).toMatchObject({
      error: { message: "The model's process is gone.", type: "server_error" },
    });
  });

  test("a client that does not read loses its stream, and its request leaves the batch", async () => {
    const slow = held();
    const response = completeStream(asked, CHAT, slow.generate, new AbortController().signal);
    slow.hears()?.onAccepted();
    const { body } = await response;
    const text = "x".repeat(64 * 1024);
    for (let n = 0; n < 200; n++) slow.hears()?.onPiece({ index: 0, text });
    expect(slow.stops()?.aborted).toBe(true);
    const reader = body?.getReader();
    await vi.waitFor(() => expect(reader?.closed).rejects.toThrow(/does not read/));
  });

  test("a reader that goes away ends the request", async () => {
    const left = held();
    const response = completeStream(asked, CHAT, left.generate, new AbortController().signal);
    left.hears()?.onAccepted();
    await (await response).body?.cancel();
    expect(left.stops()?.aborted).toBe(true);
    left.hears()?.onPiece({ index: 0, text: "late" });
  });
});
