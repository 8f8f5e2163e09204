import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SETUP_MS, TestFlows, type Told } from "../testing/flows.ts";
import { TRIALS } from "../testing/services.ts";

const flows = new TestFlows({ trials: TRIALS });
const ada = flows.as("ada");
const bob = flows.as("bob", "user");

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

/** Without the time before a colon, which these events have none of: `data` is what stands behind the first colon. */
const runs = (told: readonly Told[]) => told.filter(({ event }) => event === "run").map(({ data }) => data);
const launch = (who = ada) => who.launch("/-/trials/", { mode: "raise" });
const over = async (fid: string, who = ada) => {
  await who.events(`/outputs/main/${fid}`);
};

describe("the timeline's stream", () => {
  test("tells one's own runs as they change, and what is removed; nobody else's", async () => {
    const opened = Promise.withResolvers<void>();
    let mine = "";
    const hearing = ada.events("/timeline/stream", (told) => {
      if (told.some(({ event }) => event === "open")) opened.resolve();
      return told.some(({ event, data }) => event === "removed" && mine !== "" && data.includes(mine));
    });
    await opened.promise;
    const others = await launch(bob);
    await over(others, bob);
    mine = await launch();
    await over(mine);
    await ada.delete(`/outputs/${mine}`);
    const told = await hearing;
    const states = runs(told).map((data) => /"status":"(\w+)"/.exec(data)?.[1]);
    expect(states).toEqual(["starting", "running", "error"]);
    expect(JSON.stringify(told)).not.toContain(others);
  });

  test("goes on behind an event, also with what was removed meanwhile; says so where it cannot", async () => {
    const first = await ada.events("/timeline/stream", (told) => told.length > 0);
    const [kept, gone] = [await launch(), await launch()];
    await Promise.all([over(kept), over(gone)]);
    await ada.delete(`/outputs/${gone}`);
    const { id } = first[0] ?? { id: "" };
    const told = await ada.events(
      "/timeline/stream",
      (all) => all.some(({ event }) => event === "catalogue"),
      {
        "last-event-id": id,
      },
    );
    expect(runs(told).some((data) => data.includes(kept))).toBe(true);
    expect(told.some(({ event, data }) => event === "removed" && data.includes(gone))).toBe(true);
    const before = await ada.events("/timeline/stream?offset=1", (all) => all.length > 0);
    expect(before.map(({ event }) => event)).toEqual(["reset"]);
  });

  test("says that the catalogue has changed", async () => {
    const opened = Promise.withResolvers<void>();
    const hearing = bob.events("/timeline/stream", (told) => {
      if (told.some(({ event }) => event === "open")) opened.resolve();
      return told.some(({ event }) => event === "catalogue");
    });
    await opened.promise;
    await ada.post("/expose", { name: "draft", bootstrap: "" });
    expect((await hearing).at(-1)?.event).toBe("catalogue");
    await ada.delete("/expose/draft");
  });
});
