/** Services from Kodosumi: what is written there runs here when its imports are changed, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SAMPLES } from "./services/samples.ts";
import { SETUP_MS, TestFlows, type Told } from "./testing/flows.ts";

/** Written for Kodosumi, in each of the ways in which its services import it. */
const WRITTEN_THERE = `
import fastapi
import kodosumi.core as core
from kodosumi import response
from kodosumi.core import InputsError, KodosumiError, Launch, ServeAPI, Tracer
from kodosumi.core import forms as F
from kodosumi.response import Markdown

app = ServeAPI()

order = F.Model(
    F.Markdown("# Lunch"), F.HR(), F.Errors(), F.Break(),
    F.InputText(label="Name", name="name", required=True, placeholder="who eats"),
    F.InputArea(label="Dishes", name="dishes", rows=3),
    F.InputDate(label="Day", name="day", min_date="2026-01-01", max_date="2026-12-31"),
    F.Checkbox(label="Drink", name="drink", option="with a drink", value=True),
    F.Select(label="Place", name="place", option=[F.InputOption(name="in", label="Here"), F.InputOption(name="out", label="Away")], value="out"),
    F.Action(text="Later", name="when", value="later"),
    F.Submit("Order"), F.Cancel("Cancel"),
)

@app.enter(path="/", model=order, summary="Lunch", description="Orders lunch", tags=["food"], version="1.0.0", author="ada@example.org", organization="Kitchen", deprecated=False)
async def enter(request: fastapi.Request, inputs: dict):
    error = InputsError()
    dishes = [dish for dish in (inputs.get("dishes") or "").split("\\n") if dish.strip()]
    if not dishes:
        error.add(dishes="Choose a dish.")
    if inputs["name"] == "nobody":
        error.flash("Nobody eats nothing.")
    if error.has_errors():
        raise error
    return Launch(request, "lunch:cook", inputs={**inputs, "dishes": dishes}, reference=enter, summary=f"Lunch for {inputs['name']}")

@app.lock("pay")
async def pay(data: dict):
    return F.Model(F.Markdown(f"It costs **{data['price']}**."), F.InputText(label="Tip", name="tip", value="0"), F.Submit("Pay"))

@app.lease("pay")
async def paid(inputs: dict):
    if not inputs["tip"].isdigit():
        raise core.InputsError(tip="It is a number.")
    return {"tip": int(inputs["tip"])}

def step(dish: str, tracer: Tracer):
    tracer.debug_sync("cooks", dish)
    tracer.markdown_sync(f"**{dish}**", "is ready")

async def cook(inputs: dict, tracer: core.Tracer):
    assert issubclass(InputsError, Exception) and issubclass(KodosumiError, Exception)
    for dish in inputs["dishes"]:
        step(dish, tracer)
    await tracer.action({"drink": inputs["drink"], "place": inputs["place"]})
    await tracer.result(response.Text("one", "two"), core.response.HTML("<b>three</b>"))
    await tracer.warning("hot")
    answer = await tracer.lock("pay", data={"price": 3 * len(inputs["dishes"])}, timeout=600)
    fs = await tracer.fs()
    with open("bill.txt", "w") as file:
        file.write(f"tip {answer['tip']}")
    await fs.upload("bill.txt")
    print(sorted(one["path"] for one in await fs.ls("out")))
    return Markdown(f"# Enjoy, {inputs['name']}")
`;
/** The whole of porting. */
const ported = WRITTEN_THERE.replaceAll(/^(from|import) kodosumi(\.core)?(?=[. ])/gm, "$1 eyepiece.flows");

const sample = (name: string) => readFileSync(join(SAMPLES, `${name}.py`), "utf8");
const flows = new TestFlows({ lunch: ported, primes: sample("primes"), pace: sample("pace") });
const ada = flows.as("ada");
const of = (told: readonly Told[], event: string) =>
  told.filter((one) => one.event === event).map(({ data }) => data);
const run = async (path: string, fields: object) =>
  ada.events(`/outputs/stream/${await ada.launch(path, { ...fields })}`);

beforeAll(async () => {
  flows.start();
  await ada.get("/flow");
}, SETUP_MS);
afterAll(() => flows[Symbol.asyncDispose]());

test("a service of Kodosumi's runs when its imports are changed: form, refusals, launch, results, lock, files", async () => {
  expect(ported).not.toContain("kodosumi.");
  const [flow] = (await ada.get("/flow?q=lunch")).body.items;
  expect(flow).toMatchObject({ summary: "Lunch", author: "ada@example.org", organization: "Kitchen" });
  const refused = await ada.post("/-/lunch/", { name: "nobody" });
  expect(refused.body.errors).toEqual({ dishes: ["Choose a dish."], _global_: ["Nobody eats nothing."] });

  const fid = await ada.launch("/-/lunch/", { name: "Ada", dishes: "soup\nrice", day: "2026-11-22" });
  const first = await ada.events(`/outputs/stream/${fid}`, (told) => of(told, "status").includes("awaiting"));
  expect(of(first, "debug")).toEqual(["cooks\nsoup", "cooks\nrice"]);
  expect(of(first, "result").map((one) => Object.values(JSON.parse(one) as object))).toEqual([
    ...[[{ body: "**soup**\n\nis ready" }], [{ body: "**rice**\n\nis ready" }]],
    ...[[{ body: "one\ntwo" }], [{ body: "<b>three</b>" }]],
  ]);
  const { locks, summary } = (await ada.get(`/outputs/status/${fid}`)).body;
  expect(summary).toBe("Lunch for Ada");
  const lock = `/lock/${fid}/${locks[0].lid}`;
  expect((await ada.get(lock)).body[0]).toEqual({ type: "markdown", text: "It costs **6**." });
  expect((await ada.post(lock, { tip: "x" })).body.errors.tip).toEqual(["It is a number."]);
  expect((await ada.post(lock, { tip: "2" })).status).toBe(200);
  const told = await ada.events(`/outputs/stream/${fid}`);
  expect(of(told, "status").at(-1)).toBe("finished");
  expect(of(told, "stderr")).toEqual(["hot"]);
  expect(of(told, "stdout")).toEqual(["['out/bill.txt']"]);
  expect(JSON.parse(of(told, "final")[0] ?? "")).toEqual({ Markdown: { body: "# Enjoy, Ada" } });
  expect((await ada.get(`/files/${fid}/out/bill.txt`)).text).toBe("tip 2");
});

test("the samples that are written so run: primes are counted rightly, by processes and async; a pace is kept to its end", async () => {
  for (const path of ["/-/primes/", "/-/primes/async"]) {
    const told = await run(path, { start: "0", end: "1000", ranges: "4" });
    expect(of(told, "error")).toEqual([]);
    const { body } = JSON.parse(of(told, "final")[0] ?? "").Markdown;
    expect(body).toContain("# 168 primes");
    // From 2 to 3, and from 997, the last one, to 1009.
    expect(body).toMatch(/\| 1 \| 1 \|[\s\S]*\| 12 \|/);
    expect(of(told, "result")).toHaveLength(4);
  }
  const wrong = await ada.post("/-/primes/", { start: "9", end: "5", ranges: "many" });
  expect(Object.keys(wrong.body.errors)).toEqual(["ranges", "_global_"]);

  const told = await run("/-/pace/", { seconds: "0.2", results: "3", lines: "7" });
  expect([of(told, "result").length, of(told, "stdout").length]).toEqual([3, 7]);
  expect((await ada.post("/-/pace/", { seconds: "-1" })).body.errors.seconds).toEqual([
    "It is a number above zero, up to 3600.",
  ]);
});
