import type { ReactiveController, ReactiveControllerHost } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Poll } from "./poll.ts";

let controllers: ReactiveController[] = [];
const host = {
  addController: (one: ReactiveController) => controllers.push(one),
} as unknown as ReactiveControllerHost;
let held: PromiseWithResolvers<boolean>[] = [];
const ask = vi.fn(() => {
  const answer = Promise.withResolvers<boolean>();
  held.push(answer);
  return answer.promise;
});
const answer = async (n: number, more = false) => {
  held[n]?.resolve(more);
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { visibilityState: "visible", addEventListener() {}, removeEventListener() {} });
  controllers = [];
  held = [];
  ask.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function begun(): Promise<Poll> {
  const poll = new Poll(host, ask);
  for (const one of controllers) one.hostConnected?.();
  await vi.advanceTimersByTimeAsync(0);
  return poll;
}

test("what is asked while an answer is awaited is asked once more, and is not answered by the older", async () => {
  const poll = await begun();
  let done = 0;
  for (let n = 0; n < 3; n++) void poll.now().then(() => done++);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(1);
  await answer(0);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(done).toBe(0);
  await answer(1);
  expect(done).toBe(3);
});

test("many pieces of news are one question a second", async () => {
  const poll = await begun();
  await answer(0);
  for (let n = 0; n < 10; n++) poll.soon();
  expect(ask).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ask).toHaveBeenCalledTimes(2);
  await answer(1);
  await vi.advanceTimersByTimeAsync(5000);
  poll.soon();
  expect(ask).toHaveBeenCalledTimes(3);
});

test("it asks often while there is more to come, rarely else, and never when it has left the page", async () => {
  await begun();
  await answer(0, true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ask).toHaveBeenCalledTimes(2);
  await answer(1, false);
  await vi.advanceTimersByTimeAsync(9000);
  expect(ask).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ask).toHaveBeenCalledTimes(3);
  for (const one of controllers) one.hostDisconnected?.();
  await answer(2, true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(3);
});
