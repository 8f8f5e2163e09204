import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confine, listFolder, readNotebook } from "./folders.ts";
import { safeName } from "./uploads.ts";

let base = "";
let root = "";
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "eyepiece-folders-"));
  root = join(base, "root");
  mkdirSync(join(root, "cells.zarr"), { recursive: true });
  writeFileSync(join(root, "brain.nii.gz"), "x");
  writeFileSync(join(root, "notes.txt"), "xy");
  writeFileSync(join(root, ".secret"), "x");
  mkdirSync(join(base, "root-too"));
  writeFileSync(join(base, "outside.tif"), "x");
  symlinkSync(join(base, "outside.tif"), join(root, "way-out.tif"));
  symlinkSync(join(root, "brain.nii.gz"), join(root, "inside.nii.gz"));
});
afterEach(() => rmSync(base, { recursive: true }));

describe("folders", () => {
  it("lists folders first, then files, with what opens; hidden ones are not shown", async () => {
    const folder = await listFolder([root], root);
    expect(folder.entries?.map((entry) => [entry.name, entry.folder, entry.opens])).toEqual([
      ["cells.zarr", true, true],
      ["brain.nii.gz", false, true],
      ["inside.nii.gz", false, true],
      ["notes.txt", false, false],
      ["way-out.tif", false, true],
    ]);
    expect(folder.parent).toBe("");
    expect((await listFolder([root], join(root, "cells.zarr"))).parent).toBe(root);
    expect((await listFolder([root], "")).entries?.map((entry) => entry.path)).toEqual([root]);
  });

  it("lets nobody out of the roots", async () => {
    expect(await confine([root], "brain.nii.gz")).toBe(join(root, "brain.nii.gz"));
    expect(await confine([root], join(root, "inside.nii.gz"))).toBe(join(root, "brain.nii.gz"));
    const outside = [
      "../outside.tif",
      join(base, "outside.tif"),
      join(root, "way-out.tif"),
      `${root}-too`,
      "cells.zarr/../../outside.tif",
      "/etc/passwd",
      "brain.nii.gz\0.png",
      "nothing-here",
    ];
    for (const path of outside) await expect(confine([root], path), path).rejects.toThrow(/There is no/);
  });

  it("reads notebooks whole, and nothing else", async () => {
    writeFileSync(join(root, "first.ipynb"), '{"cells":[]}');
    symlinkSync(join(base, "outside.tif"), join(root, "link.ipynb"));
    symlinkSync(join(root, "notes.txt"), join(root, "text.ipynb"));
    const file = await readNotebook([root], "first.ipynb");
    expect([file.name, Buffer.from(file.data ?? []).toString()]).toEqual(["first.ipynb", '{"cells":[]}']);
    await expect(readNotebook([root], "link.ipynb")).rejects.toThrow(/There is no/);
    await expect(readNotebook([root], "text.ipynb")).rejects.toThrow(/is no notebook/);
    await expect(readNotebook([root], "notes.txt")).rejects.toThrow(/is no notebook/);
    await expect(readNotebook([root], "../outside.ipynb")).rejects.toThrow(/There is no/);
  });

  it("makes any name a plain file name", () => {
    expect(safeName("../../etc/passwd")).toBe("passwd");
    expect(safeName("C:\\data\\cells.tif")).toBe("cells.tif");
    expect(safeName(".hidden")).toBe("hidden");
    expect(safeName("a\u0000b|c.tif")).toBe("a_b_c.tif");
    expect(safeName("..")).toBe("upload");
  });
});
