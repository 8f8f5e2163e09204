/** Where a checkout comes from: a folder, or a git address at a pinned commit, with real git. What its programs print: `test_lines.py`. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPython } from "../../kernels/environment/python.ts";
import { checkoutEngine, checkoutSettings, wrongWith } from "./checkout.ts";

let folder: string;
let source: string;
let commits: string[];
const git = (...args: string[]) =>
  execFileSync("git", ["-C", source, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    encoding: "utf8",
  }).trim();
const none = { source: undefined, commit: undefined, python: undefined };
const start = {
  readOnly: ["/data"],
  cuda: "",
  processes: 1,
  tell: () => {},
  signal: new AbortController().signal,
};
const COMMIT = "0123456789012345678901234567890123456789";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-checkout-"));
  source = join(folder, "source");
  mkdirSync(join(source, "scripts"), { recursive: true });
  git("init", "--quiet");
  commits = ["one", "two"].map((text) => {
    writeFileSync(join(source, "scripts/base_train.py"), `# ${text}\n`);
    git("add", ".");
    git("commit", "--quiet", "-m", text);
    return git("rev-parse", "HEAD");
  });
  // Any commit may be asked for, as at the large hosts.
  git("config", "uploadpack.allowAnySHA1InWant", "true");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("what is wrong with the settings", () => {
  it("is said before anything is run", () => {
    const address = "https://example.org/nanochat.git";
    expect(wrongWith(none)).toContain("EYEPIECE_NANOCHAT names a folder");
    expect(wrongWith({ ...none, source: address })).toContain(
      "EYEPIECE_NANOCHAT_COMMIT must say which commit",
    );
    expect(wrongWith({ ...none, source: address, commit: "main" })).toContain(
      "40 digits of a commit, not main",
    );
    expect(wrongWith({ ...none, source: join(folder, "nothing") })).toContain(
      "it has no scripts/base_train.py",
    );
    expect(wrongWith({ ...none, source })).toBe("");
    expect(wrongWith({ ...none, source: address, commit: COMMIT })).toBe("");
  });

  it("is read from the environment, where empty is nothing", () => {
    expect(checkoutSettings({ EYEPIECE_NANOCHAT: "", EYEPIECE_NANOCHAT_COMMIT: COMMIT })).toEqual({
      ...{ source: undefined, commit: COMMIT, python: undefined },
    });
  });
});

describe("a folder", () => {
  it("must be at the commit that is pinned, and have a Python", async () => {
    const engine = (commit?: string) => checkoutEngine({ ...none, source, commit }, join(folder, "own"));
    await expect(engine(commits[0]).program(start)).rejects.toThrow(
      `is at ${commits[1]} and not at ${commits[0]}`,
    );
    await expect(engine(commits[1]).program(start)).rejects.toThrow(
      "run `uv sync --frozen --extra cpu` there",
    );
    // Nothing in it was changed.
    expect(git("status", "--short")).toBe("");
  });

  it("is run by its own Python, which sees the checkout and what the stage reads", async () => {
    const python = await findPython();
    mkdirSync(join(source, ".venv/bin"), { recursive: true });
    symlinkSync(python?.executable ?? "", join(source, ".venv/bin/python"));
    const { program, checkout } = await checkoutEngine({ ...none, source }, join(folder, "own")).program(
      start,
    );
    expect(checkout).toBe(source);
    expect(program.argv).toEqual([join(source, ".venv/bin/python"), "-m", "eyepiece_nanochat"]);
    expect(program.readOnly).toEqual(expect.arrayContaining([source, "/data", python?.prefix]));
  });
});

describe("a git address", () => {
  it("is cloned at the pinned commit, once", async () => {
    const python = (await findPython())?.executable ?? "";
    const settings = { source: `file://${source}`, commit: commits[0], python };
    const engine = checkoutEngine(settings, join(folder, "own"));
    const told: string[] = [];
    const [one, two] = await Promise.all([
      engine.program({ ...start, tell: (message) => told.push(message) }),
      engine.program(start),
    ]);
    expect(one.checkout).toBe(two.checkout);
    expect(readFileSync(join(one.checkout ?? "", "scripts/base_train.py"), "utf8")).toBe("# one\n");
    expect(told).toEqual([expect.stringContaining("Fetching nanochat")]);
    // It is here now, and asked for no more.
    rmSync(source, { recursive: true });
    const later = await checkoutEngine(settings, join(folder, "own")).program(start);
    expect(later.checkout).toBe(one.checkout);
  });

  it("that cannot be had says so, leaves nothing half done, and is tried again", async () => {
    const settings = {
      source: `file://${join(folder, "moved")}`,
      commit: commits[1] ?? "",
      python: "/bin/false",
    };
    const engine = checkoutEngine(settings, join(folder, "own"));
    await expect(engine.program(start)).rejects.toThrow(/cannot be fetched from file:.*Clone it by hand/);
    expect(existsSync(join(folder, "own", `${commits[1]}.part`))).toBe(false);
    execFileSync("cp", ["-r", source, join(folder, "moved")]);
    await expect(engine.program(start)).rejects.toThrow("/bin/false does not run");
  });
});
