import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import { writeNpy } from "@eyepiece/gpu-node/writers/npy.ts";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SavedFiles } from "./saved-files.ts";
import { saveInto } from "./saving.ts";
import { readArchive } from "./scene-archive.ts";
import { SceneHost } from "./scene-host.ts";
import { archiveReader, sessionReader } from "./session-reader.ts";

let folder = "";
let root = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-scene-"));
  root = join(folder, "root");
  mkdirSync(join(root, "scenes"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = () => ({
  roots: [root],
  allowedHosts: [],
  environments: "",
  memoryBytes: 0,
  gpuBytes: 0,
  notice: "",
});

function begin(name: string): SceneHost {
  const host = new SceneHost(join(folder, name), "a scene", sessionReader(settings()), {
    changed: () => {},
    sourceAdded: () => {},
    tableChanged: () => {},
    bricksChanged: () => {},
    sourceRemoved: () => {},
    released: () => {},
    progress: () => {},
    notice: (_, text) => {
      throw new Error(text);
    },
  });
  host.restore();
  return host;
}

/** A host with an image of a file, painted labels without one, and points. */
async function filled(name = "session"): Promise<SceneHost> {
  const data = new Uint16Array(4 * 30 * 40).map((_, at) => at);
  await writeNpy(join(root, "image.npy"), memorySource("m", [{ data, shape: [4, 30, 40] }]), {
    replace: true,
  });
  writeFileSync(join(root, "spots.csv"), "index,axis-0,axis-1,score\n0,1,2,0.5\n1,3,4,0.7\n");
  const host = begin(name);
  await host.open(join(root, "image.npy"), { gamma: 0.5, opacity: 0.25 });
  await host.open(join(root, "spots.csv"));
  const [image] = host.scene.layers;
  if (image?.type !== "image") throw new Error("no image");
  await host.open(join(root, "image.npy"), { name: "painted" }, { type: "labels" });
  const labels = host.scene.layers.at(-1)?.id ?? "";
  const op = {
    op: "labels.paint",
    points: [[1, 10, 10]],
    value: 60_000,
    brush_size: 9,
    axes: [1, 2],
    only: null,
  };
  await host.operate(JSON.stringify([{ ...op, id: labels }]), "");
  const rows = { count: 1, columns: { index: [60_000] } };
  await host.operate(JSON.stringify([{ op: "items.insert", id: labels, rows }]), "");
  return host;
}

const look = (host: SceneHost) => {
  const canvas = { width: 640, height: 480 };
  return { view: defaultView(host.scene, canvas), canvas };
};

describe("scene files", () => {
  it("hold layers, view and what has no address, and open as they were", async () => {
    const host = await filled();
    const scenes = join(root, "scenes");
    const seen = look(host);
    await saveInto(scenes, host, { name: "one.eyepiece.json" }, seen, { final: scenes });
    expect(readdirSync(scenes).sort()).toEqual(["one.eyepiece.json", "one.files"]);
    expect(readdirSync(join(scenes, "one.files")).sort()).toEqual([
      ...["1.table", "2.features.table", "2.npy"],
    ]);
    const text = JSON.parse(readFileSync(join(scenes, "one.eyepiece.json"), "utf8"));
    expect(text.layers[0].data).toEqual({
      kind: "address",
      uri: "../image.npy",
      was: join(root, "image.npy"),
      index: 0,
    });
    const archive = await readArchive(join(scenes, "one.eyepiece.json"), archiveReader(settings()));
    expect(archive.view).toEqual(seen.view);
    const again = begin("again");
    again.adopt(archive);
    const plain = (one: SceneHost) =>
      one.scene.layers.map(({ id: _, data: { source: __, version: ___, ...data }, ...layer }) => ({
        ...layer,
        ...(layer.type === "labels" && { features: layer.features?.count }),
        data,
      }));
    expect(plain(again)).toEqual(plain(host));
    const [, , labels] = again.scene.layers;
    const brick = await again.source(labels?.data.source ?? "")?.readBrick(0, [0, 0, 0]);
    expect(brick?.data.filter((value) => Number(value) === 60_000)).toHaveLength(69);
    const known = labels?.type === "labels" ? again.table(labels.features?.source ?? "") : undefined;
    expect([...(known?.columns.get("index")?.data ?? [])]).toEqual([60_000]);
    // The next process of the session has them, too.
    await again.dispose();
    const next = begin("again");
    await expect
      .poll(() => next.scene.layers.every((one) => "ndim" in one.data || next.source(one.data.source)))
      .toBe(true);
    expect(plain(next)).toEqual(plain(host));
    await next.dispose();
    await host.dispose();
  });

  it("are found with what is beside them where the folder was moved", async () => {
    const host = await filled();
    await saveInto(join(root, "scenes"), host, { name: "s.eyepiece.json" }, look(host), {
      final: join(root, "scenes"),
    });
    const before = root;
    root = join(folder, "moved");
    renameSync(before, root);
    const archive = await readArchive(join(root, "scenes", "s.eyepiece.json"), archiveReader(settings()));
    expect(archive.layers.map(({ address }) => address?.uri)).toEqual([
      join(root, "image.npy"),
      undefined,
      join(root, "scenes", "s.files", "2.npy"),
    ]);
    await host.dispose();
  });

  it("reach nothing that could not be opened by name", async () => {
    const host = await filled();
    await saveInto(join(root, "scenes"), host, { name: "s.eyepiece.json" }, look(host));
    const path = join(root, "scenes", "s.eyepiece.json");
    const file = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(join(folder, "secret.npy"), readFileSync(join(root, "image.npy")));
    symlinkSync(join(folder, "secret.npy"), join(root, "scenes", "link.npy"));
    const tried = async (layer: number, data: object): Promise<string> => {
      const layers = file.layers.map((one: object, at: number) => (at === layer ? { ...one, data } : one));
      writeFileSync(path, JSON.stringify({ ...file, layers }));
      return readArchive(path, archiveReader(settings())).then(
        () => "opened",
        (cause: Error) => cause.message,
      );
    };
    const outside = "in the folders that this node opens from";
    expect(await tried(0, { kind: "address", uri: "../../secret.npy", index: 0 })).toContain(outside);
    expect(await tried(0, { kind: "address", uri: join(folder, "secret.npy"), index: 0 })).toContain(outside);
    expect(await tried(0, { kind: "address", uri: "http://127.0.0.1:1/x.zarr", index: 0 })).not.toBe(
      "opened",
    );
    expect(await tried(0, { kind: "array", file: "link.npy" })).toContain(outside);
    expect(await tried(2, { kind: "array", file: "../../secret.npy" })).toContain(
      "does not lie beside the scene file",
    );
    expect(await tried(1, { kind: "table", file: "/etc/passwd" })).toContain(
      "does not lie beside the scene file",
    );
    expect(await tried(1, { kind: "address", uri: "../image.npy", index: 0 })).toContain("of another kind");
    expect(await tried(0, { kind: "address", uri: "../image.npy", index: 3 })).toContain("no array number 3");
    await host.dispose();
  });

  it("that are broken anywhere are refused with a sentence", async () => {
    const host = await filled();
    await saveInto(join(root, "scenes"), host, { name: "s.eyepiece.json" }, look(host));
    const path = join(root, "scenes", "s.eyepiece.json");
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const harmed = cut ? whole.subarray(0, at) : Uint8Array.from(whole);
        if (!cut) harmed[at] = value;
        writeFileSync(path, harmed);
        const outcome = await readArchive(path, archiveReader(settings())).catch((cause: unknown) => cause);
        if (outcome instanceof Error) expect(outcome.message).toMatch(/[.:]/);
      }),
      { numRuns: 60, seed: 7 },
    );
    await host.dispose();
  });
});

describe("what was saved for somebody elsewhere", () => {
  it("is taken piece by piece, several files as one zip, and goes when it is dropped", async () => {
    const host = await filled();
    const saved = new SavedFiles(join(folder, "session"));
    const { token, files } = await saved.save(host, { name: "all.eyepiece.json" }, look(host), { zip: true });
    expect(files.map(({ path }) => path)).toEqual(["all.eyepiece.json.zip"]);
    const size = files[0]?.size ?? 0;
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < size; at += 1000)
      pieces.push(await saved.take(token, "all.eyepiece.json.zip", at, 1000));
    const names = Object.keys(unzipSync(Buffer.concat(pieces))).sort();
    expect(names).toEqual([
      "all.eyepiece.json",
      "all.files/1.table",
      "all.files/2.features.table",
      "all.files/2.npy",
    ]);
    await expect(saved.take(token, "../journal.jsonl", 0, 10)).rejects.toThrow("not here any more");
    await expect(saved.take("other", "all.eyepiece.json.zip", 0, 10)).rejects.toThrow("not here any more");
    await saved.drop(token);
    expect(readdirSync(join(folder, "session", "saved"))).toEqual([]);
    await host.dispose();
  });

  it("leaves nothing when it is cancelled or cannot be", async () => {
    const host = await filled();
    const saved = new SavedFiles(join(folder, "session"));
    const abort = new AbortController();
    const onProgress = (): void => abort.abort(new Error("enough"));
    const wish = { name: "x.ome.zarr", layers: [host.scene.layers[0]?.id ?? ""] };
    await expect(saved.save(host, wish, look(host), { signal: abort.signal, onProgress })).rejects.toThrow(
      "enough",
    );
    await expect(saved.save(host, { name: "x.docx", layers: wish.layers }, look(host))).rejects.toThrow(
      "is saved under a name that ends in .ome.zarr",
    );
    await expect(saved.save(host, { name: "x.csv", layers: [] }, look(host))).rejects.toThrow(
      "no layer to save",
    );
    expect(
      existsSync(join(folder, "session", "saved")) ? readdirSync(join(folder, "session", "saved")) : [],
    ).toEqual([]);
    await host.dispose();
  });
});
