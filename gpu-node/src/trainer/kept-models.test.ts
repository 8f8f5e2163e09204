import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeptModels } from "./kept-models.ts";

let folder: string;
let kept: KeptModels;
const ada = { id: "ada", name: "Ada", role: "user", rights: ["run"] };
const ben = { ...ada, id: "ben" };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-kept-"));
  kept = new KeptModels(join(folder, "kept"));
  mkdirSync(join(folder, "from"));
  for (const [name, text] of [
    ["config.json", '{"model_type": "nanochat"}'],
    ["model.safetensors", "weights"],
    ["tokenizer.json", "{}"],
  ] as const)
    writeFileSync(join(folder, "from", name), text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (...names: string[]) => names.map((name) => ({ name, path: join(folder, "from", name) }));
const whole = () => files("config.json", "model.safetensors", "tokenizer.json");

describe("kept models", () => {
  it("are there for who kept them alone, and go when they are removed", async () => {
    await kept.keep("ada", "mine", whole());
    expect(kept.list(ada)).toMatchObject([{ id: "mine", ownedBy: "ada", base: undefined }]);
    expect(kept.list(ben)).toEqual([]);
    expect(await kept.remove(ben, "mine")).toBe(false);
    expect(await kept.remove(ada, "mine")).toBe(true);
    expect(kept.list(ada)).toEqual([]);
  });

  it("take the place of one of the same name, whole", async () => {
    await kept.keep("ada", "mine", whole());
    const before = kept.find(ada, "mine")?.folder;
    writeFileSync(join(folder, "from", "model.safetensors"), "better");
    await kept.keep("ada", "mine", files("config.json", "model.safetensors"));
    const place = kept.find(ada, "mine")?.folder ?? "";
    // A folder of its own: what runs from the old one is not taken for it.
    expect(place).not.toBe(before);
    expect(readdirSync(join(folder, "kept", "ada", "mine"))).toHaveLength(1);
    expect(readdirSync(place).sort()).toEqual(["config.json", "model.safetensors"]);
    expect(readFileSync(join(place, "model.safetensors"), "utf8")).toBe("better");
  });

  it("are not made of links, programs or half a model, and leave nothing behind", async () => {
    writeFileSync(join(folder, "secret.json"), "secret");
    symlinkSync(join(folder, "secret.json"), join(folder, "from", "link.json"));
    writeFileSync(join(folder, "from", "run.py"), "");
    await kept.keep("ada", "mine", whole());
    await expect(kept.keep("ada", "mine", [...whole(), ...files("link.json")])).rejects.toThrow("link.json");
    await expect(kept.keep("ada", "mine", [...whole(), ...files("run.py")])).rejects.toThrow(
      "no file of a model",
    );
    await expect(
      kept.keep("ada", "mine", [...whole(), { name: "../x.json", path: "/etc/passwd" }]),
    ).rejects.toThrow();
    await expect(kept.keep("ada", "mine", files("config.json"))).rejects.toThrow("safetensors");
    await expect(kept.keep("ada", "../up", whole())).rejects.toThrow("name");
    await expect(kept.keep("../ada", "mine", whole())).rejects.toThrow("nobody");
    expect(kept.list(ada)).toHaveLength(1);
    expect(readdirSync(join(folder, "kept"))).toEqual(["ada"]);
    expect(readdirSync(join(folder, "kept", "ada"))).toEqual(["mine"]);
    // What a crash left half copied goes when the node starts again.
    mkdirSync(join(folder, "kept", ".part-0"));
    expect(new KeptModels(join(folder, "kept")).list(ada)).toHaveLength(1);
    expect(readdirSync(join(folder, "kept"))).toEqual(["ada"]);
  });
});
