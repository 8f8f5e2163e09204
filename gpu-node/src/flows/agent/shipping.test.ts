import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { SOURCES } from "./agent-process.ts";
import { digestOf, filesOf } from "./shipping.ts";

const folders: string[] = [];
function made(): string {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-ship-"));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The agent's side, by its own code. */
const python = (code: string, ...args: string[]) =>
  execFileSync(
    "python3",
    ["-c", `from eyepiece_flows.agent.shipped import *\nimport sys\n${code}`, ...args],
    {
      env: { ...process.env, PYTHONPATH: SOURCES },
      encoding: "utf8",
    },
  ).trim();

test("gateway and agent reckon the same name for a folder, and another one when anything in it changes", () => {
  const folder = made();
  mkdirSync(join(folder, "parts", "deep"), { recursive: true });
  for (const name of ["app.py", "parts/é.txt", "parts/deep/z", "parts.py", "Z", "𝒛"])
    writeFileSync(join(folder, name), name.repeat(3));
  writeFileSync(join(folder, "empty"), "");
  const seen = new Set<string>();
  const changes = [
    () => {},
    () => chmodSync(join(folder, "app.py"), 0o755),
    () => writeFileSync(join(folder, "empty"), "\n"),
    () => writeFileSync(join(folder, "parts", "new"), ""),
  ];
  for (const change of changes) {
    change();
    const name = digestOf(filesOf(folder));
    expect(python("print(digest_of(Path(sys.argv[1])))", folder)).toBe(name);
    seen.add(name);
  }
  expect(seen.size).toBe(changes.length);
});

test("what is made from other files, and links, stay here; a folder that is too large is refused", () => {
  const folder = made();
  for (const name of ["__pycache__", ".git", "node_modules"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "x"), "x");
  }
  writeFileSync(join(folder, "app.py"), "");
  symlinkSync("/etc/passwd", join(folder, "passwd"));
  symlinkSync("/etc", join(folder, "etc"));
  expect(filesOf(folder).map(({ path }) => path)).toEqual(["app.py"]);
  writeFileSync(join(folder, "weights"), "");
  truncateSync(join(folder, "weights"), 65 * 1024 ** 2);
  expect(() => filesOf(folder)).toThrow(/larger than 64 MiB/);
});

test("an agent takes no file outside of the folder that comes, and no folder that is not what its name says", () => {
  const folder = made();
  const code = `
shipped = ShippedFolders(Path(sys.argv[1]))
shipped.begin()
for path in ("../x", "/etc/x", "a/../../x"):
    try:
        shipped.file({"path": path, "data": "", "executable": False})
        print("taken", path)
    except ValueError:
        pass
shipped.file({"path": "a/b.py", "data": base64.b64encode(b"pass").decode(), "executable": False})
try:
    shipped.end("0" * 32)
except ValueError as why:
    print("refused")
print(shipped.has("0" * 32))`;
  expect(python(code, folder)).toBe("refused\nFalse");
});
