import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";

let fixture: TestRelay;
beforeEach(async () => {
  fixture = await testRelay();
});
afterEach(() => fixture.close());

test("who is not signed in hears so on every address of flows, as Kodosumi's clients read it", async () => {
  for (const path of ["/flow", "/-/hymn/", "/outputs/stream/abc", "/timeline"]) {
    const response = await fetch(`${fixture.relay.url}/api/flows${path}`);
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: "Unauthorized", path, detail: expect.any(String), status_code: 401 },
    ]);
  }
  const named = await fetch(`${fixture.relay.url}/nodes/lab-1/api/flows/flow`);
  expect(await named.json()).toMatchObject({ path: "/flow", status_code: 401 });
  // The relay's other addresses keep their own shape.
  expect(await (await fetch(`${fixture.relay.url}/api/flowsy`)).json()).toHaveProperty("message");
});
