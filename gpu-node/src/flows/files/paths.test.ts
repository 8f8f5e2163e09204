import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { answerRun, listFiles } from "./files.ts";
import { existing, PathError, partsOf } from "./paths.ts";

const home = mkdtempSync(join(tmpdir(), "eyepiece-paths-"));
const folder = join(home, "ada", "run");
mkdirSync(join(folder, "in", "deep"), { recursive: true });
mkdirSync(join(folder, "out"), { recursive: true });
writeFileSync(join(home, "secret"), "secret");
writeFileSync(join(folder, "sqlite3.db"), "events");
writeFileSync(join(folder, "in", "deep", "a.txt"), "a");
symlinkSync(join(home, "secret"), join(folder, "out", "link"));
symlinkSync(home, join(folder, "out", "way"));
afterAll(() => rmSync(home, { recursive: true }));

describe("a path", () => {
  test.each([
    ...["", "/", "..", "secret", "sqlite3.db", "in/../sqlite3.db", "in/../../../secret", "out/./x", "IN/a"],
    ...["in/a\0b", "in/a\nb", "in\\..\\x", `in/${"x".repeat(300)}`, `in/${"a/".repeat(40)}`],
    ...["out/way/secret", "/etc/passwd", "%2e%2e/secret"],
  ])("that leads out or is none is refused: %j", (path) => {
    expect(() => existing(folder, path)).toThrow(PathError);
    expect(() => answerRun(folder, { what: "write", path, offset: 0, data: "eA==", last: true })).toThrow();
    expect(() => answerRun(folder, { what: "remove", path })).toThrow(PathError);
  });

  test("that is a link is no file: it is not read, and what is written there takes its place", () => {
    symlinkSync(join(home, "secret"), join(folder, "out", "other"));
    expect(() => existing(folder, "out/link")).toThrow(PathError);
    answerRun(folder, { what: "write", path: "out/other", offset: 0, data: "eA==", last: true });
    expect(readFileSync(join(home, "secret"), "utf8")).toBe("secret");
    expect(readFileSync(join(folder, "out", "other"), "utf8")).toBe("x");
    rmSync(join(folder, "out", "other"));
  });

  test("of any text leads into in/ or out/, or nowhere", () => {
    const part = fc.oneof(
      fc.constantFrom("in", "out", "..", ".", "deep", "a.txt", "link", "way", "secret"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const path = parts.join("/");
        try {
          const real = existing(folder, path);
          expect(real.startsWith(join(folder, "in")) || real.startsWith(join(folder, "out"))).toBe(true);
          expect(partsOf(path).length).toBeGreaterThan(0);
        } catch (cause) {
          expect(cause).toBeInstanceOf(PathError);
        }
      }),
    );
  });

  test("of a run's own is written whole or not at all, and links are not listed", () => {
    answerRun(folder, { what: "write", path: "out/b/c.txt", offset: 0, data: "YWI=", last: false });
    expect(listFiles(folder, "out").map(({ path }) => path)).toEqual(["out/b/c.txt.part"]);
    answerRun(folder, { what: "write", path: "out/b/c.txt", offset: 2, data: "Yw==", last: true });
    expect(listFiles(folder, "out").map(({ path, size }) => [path, size])).toEqual([["out/b/c.txt", 3]]);
    // A run asks again when the node went away before it could answer.
    const last = { what: "write", path: "out/b/c.txt", offset: 2, data: "Yw==", last: true } as const;
    expect(answerRun(folder, last)).toBe(true);
    expect(listFiles(folder, "out").map(({ path, size }) => [path, size])).toEqual([["out/b/c.txt", 3]]);
    for (const wrong of [
      { ...last, offset: 9 },
      { ...last, path: "out/none" },
      { ...last, last: false },
    ])
      expect(() => answerRun(folder, wrong)).toThrow(/from its beginning/);
    expect(listFiles(folder, "in").map(({ path }) => path)).toEqual(["in/deep/a.txt"]);
    expect(() => answerRun(folder, { what: "write", path: "in/x", offset: 0, data: "", last: true })).toThrow(
      /writes to out/,
    );
  });
});
