import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";

/** Its import lasts until a file is there. */
const SLOW = `
import os, time
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI

app = ServeAPI()
while not os.path.exists(os.path.join(os.path.dirname(__file__), "go")):
    time.sleep(0.02)

@app.enter("/", summary="Slow")
async def enter(request: Request):
    return Launch(request, run)

async def run(inputs, tracer):
    return 1
`;

const flows = new TestFlows({ slow: SLOW });
const ada = flows.as("ada");

beforeAll(() => flows.start(), SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

test(
  "a catalogue that does not wait is answered at once, with words for what lacks; so is the question how far it is",
  async () => {
    const early = (await ada.get("/flow?wait=0")).body;
    expect(early.items.some(({ summary }: { summary: string }) => summary === "Slow")).toBe(false);
    expect(early.preparing).not.toBeNull();
    // The environment is made first, where it is not there.
    await expect
      .poll(async () => (await ada.get("/preparing")).body, { interval: 50, timeout: SETUP_MS })
      .toEqual({ message: expect.stringMatching(/^Starting .*slow/), fraction: null });
    writeFileSync(join(flows.services, "go"), "");
    await expect
      .poll(async () => (await ada.get("/flow?wait=100")).body, { timeout: SETUP_MS })
      .toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ summary: "Slow" })]),
        preparing: null,
      });
    expect((await ada.get("/preparing")).body).toEqual({ message: null, fraction: null });
  },
  SETUP_MS,
);
