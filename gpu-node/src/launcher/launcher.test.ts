/** What code in a kernel can reach: B's cells try for what is A's and the node's. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALICE, TestNode, type TestPage } from "../kernels/testing/kernels.ts";
import { sandboxed } from "./probe.ts";

const SECRET = "the-secret-of-a";
const BOB = { ...ALICE, userId: "bob" };

const facts = await sandboxed();

describe.skipIf(!facts.works)("a kernel in namespaces", () => {
  let node: TestNode;
  let data = "";
  let shared = "";
  let a: TestPage;
  let b: TestPage;
  let made = 0;
  const ask = async (page: TestPage, code: string): Promise<string> => {
    const execution = `s-${++made}`;
    await page.run(code, execution);
    return page.text(execution).trim();
  };
  beforeAll(async () => {
    process.env.EYEPIECE_NODE_TOKEN = SECRET;
    data = mkdtempSync(join(tmpdir(), "eyepiece-data-"));
    writeFileSync(join(data, "open.txt"), "for everybody");
    mkdirSync(join(data, "keys"));
    writeFileSync(join(data, "keys", "key"), SECRET);
    shared = mkdtempSync("/dev/shm/eyepiece-test-");
    writeFileSync(join(shared, "array.npy"), SECRET);
    node = new TestNode({ roots: [data], hidden: [join(data, "keys")] });
    writeFileSync(join(node.folder, "node-token"), SECRET);
    a = node.page({ notebook: "of-a" });
    await a.run(
      `import os\nos.environ["A_KEY"] = "${SECRET}"\nopen("mine.txt", "w").write("${SECRET}")`,
      "a1",
      240_000,
    );
    // An array that A shows in a viewer.
    await a.run(
      `array = os.environ["EYEPIECE_ARRAYS"] + "/x.npy"; open(array, "w").write("${SECRET}"); print(array)`,
      "array",
    );
    // A process of A whose environment holds something.
    await a.run(`import subprocess; p = subprocess.Popen(["sleep", "600"])`, "a2");
    b = node.page({ notebook: "of-b" }, BOB);
    await b.run("import os, glob", "b1");
  }, 300_000);
  afterAll(async () => {
    delete process.env.EYEPIECE_NODE_TOKEN;
    await node.end();
    for (const folder of [data, shared]) rmSync(folder, { recursive: true, force: true });
  });

  it("has its own files, and reads the folders that people may open from", async () => {
    expect(await ask(a, `print(open("mine.txt").read())`)).toBe(SECRET);
    expect(await ask(b, `print(open("${data}/open.txt").read())`)).toBe("for everybody");
    expect(await ask(b, `open("${data}/open.txt", "w")`)).toMatch(/OSError|Permission/);
    expect(await ask(b, `open("x", "w").write("1"); print(os.getcwd(), os.listdir("."))`)).toBe(
      "/project ['x']",
    );
  });

  it("reads none of another's files, arrays or processes, and not the node's token", async () => {
    const work = readdirSync(join(node.folder, "kernels")).map((name) => join(node.folder, "kernels", name));
    const array = a.text("array").trim();
    expect(existsSync(array)).toBe(true);
    for (const path of [
      array,
      ...work,
      node.folder,
      shared,
      join(data, "keys", "key"),
      join(homedir(), ".ssh"),
    ]) {
      const seen = await ask(
        b,
        `path = ${JSON.stringify(path)}
try:
    print(os.listdir(path) if os.path.isdir(path) else open(path).read())
except OSError as error:
    print(type(error).__name__)`,
      );
      expect([path, seen]).toEqual([path, expect.stringMatching(/^(FileNotFoundError|\[\]|)$/)]);
    }
    const environments = await ask(
      b,
      `found = []
for file in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try: found.append(open(file, "rb").read())
    except OSError: pass
print(len(found), any(b"${SECRET.slice(0, 8)}" in one for one in found), any(b"sleep" in one for one in found))`,
    );
    expect(environments).toMatch(/^[46] False False$/);
    // Nothing in its own environment or memory maps tells of the node.
    expect(
      await ask(
        b,
        `print([k for k, v in os.environ.items() if "TOKEN" in k or "${SECRET.slice(0, 8)}" in v])`,
      ),
    ).toBe("[]");
    const everywhere = await ask(
      b,
      `import subprocess
out = subprocess.run(["grep", "-rIl", "-e", "${SECRET.slice(0, 8)}" + "${SECRET.slice(8)}", "/tmp", "/dev/shm", "/run", "/home", "/project", "/var", "/mnt"], capture_output=True, text=True)
print(out.stdout)`,
    );
    expect(everywhere).toBe("");
  });

  it("cannot get out: no old root, no mounts, no rights over the machine", async () => {
    const tries = {
      mount: `subprocess.run(["mount", "-t", "tmpfs", "none", "/project"], capture_output=True).returncode != 0`,
      remount: `subprocess.run(["mount", "-o", "remount,rw", "/usr"], capture_output=True).returncode != 0`,
      usr: `not os.access("/usr/bin", os.W_OK)`,
      oldRoot: `not os.path.exists("/.old")`,
      first: `os.listdir("/proc/1/root") == os.listdir("/")`,
      sysctl: `not os.access("/proc/sys/kernel/core_pattern", os.W_OK)`,
      caps: `"CapEff:\\t0000000000000000" in open("/proc/self/status").read()`,
      device: `subprocess.run(["mknod", "/tmp/d", "b", "254", "0"], capture_output=True).returncode != 0`,
      chroot: `subprocess.run([sys.executable, "-c", "import os; os.chroot('/proc/1/root')"], capture_output=True).returncode != 0`,
      nested: `subprocess.run("unshare -Urm sh -c 'mount -o remount,rw,bind /usr && touch /usr/x'", shell=True, capture_output=True).returncode != 0`,
      // The one folder is its own, for arrays of viewers.
      shm: `glob.glob("/dev/shm/*/*") == [os.environ["EYEPIECE_ARRAYS"]]`,
    };
    for (const [name, code] of Object.entries(tries)) {
      expect([name, await ask(b, `import subprocess, sys\nprint(${code})`)]).toEqual([name, "True"]);
    }
  });

  it("keeps nothing of its own running when it ends", async () => {
    const other = node.page({ notebook: "of-c" });
    await other.run(
      `import subprocess; p = subprocess.Popen(["sleep", "4321"], start_new_session=True)`,
      "c1",
    );
    await other.ask({ type: "shutdown" });
    await other.until(() => other.state === "none");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const running = readdirSync("/proc").filter(
      (pid) => /^\d+$/.test(pid) && commandLine(pid).includes("4321"),
    );
    expect(running).toEqual([]);
  });
});

describe("where the machine refuses namespaces", () => {
  it("runs code for the owner only, and says why", async () => {
    const node = new TestNode({
      sandbox: { works: false, reason: "unshare failed: Operation not permitted" },
    });
    try {
      const page = node.page({ notebook: "n" });
      const refused = await page.ask({ type: "execute", items: [{ execution: "no", cell: "c", code: "1" }] });
      expect(refused.error?.message).toMatch(/only the owner may run code/);
      const owner = node.page({ notebook: "n" }, { ...ALICE, role: "owner" });
      expect(await owner.run("1 + 1", "yes", 60_000)).toMatchObject({ state: "done" });
      // The owner's kernel is no way around it.
      expect((await page.ask({ type: "variables" })).error?.code).toBe("forbidden");
    } finally {
      await node.end();
    }
  }, 120_000);
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
