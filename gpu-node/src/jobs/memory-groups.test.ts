/** Memory bounds against a made tree of files in the place of the kernel's: what is written where, and by whom. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CgroupFiles, MemoryGroups, memoryOfOne } from "./memory-groups.ts";
import { reach, TestJobs } from "./testing/jobs.ts";

const GIB = 1024 ** 3;
let jobs: TestJobs;
let tree: string;
let own: string;
let files: CgroupFiles;

beforeEach(() => {
  jobs = new TestJobs();
  tree = join(jobs.folder, "cgroup");
  own = join(tree, "app.slice", "eyepiece.service");
  mkdirSync(own, { recursive: true });
  const self = join(tree, "self");
  writeFileSync(self, "0::/app.slice/eyepiece.service\n");
  writeFileSync(join(own, "cgroup.controllers"), "cpu memory pids\n");
  writeFileSync(join(own, "cgroup.procs"), `${process.pid}\n`);
  writeFileSync(join(own, "cgroup.subtree_control"), "");
  files = { root: tree, self, parentOf: (pid) => (pid === 77 ? process.pid : pid === 88 ? 1 : undefined) };
});
afterEach(() => jobs.end());

const written = (...path: string[]) => readFileSync(join(own, ...path), "utf8");

test("the node moves to a group of its own, and what is left is divided", () => {
  writeFileSync(join(own, "cgroup.procs"), `${process.pid}\n77\n`);
  expect(MemoryGroups.open(GIB, files)).toBeDefined();
  // One process at a time is what the kernel takes; a file keeps the last.
  expect(written("eyepiece-node", "cgroup.procs")).toBe("77");
  expect(written("cgroup.subtree_control")).toBe("+memory");
  // A second trainer in the same process finds it done.
  writeFileSync(files.self, "0::/app.slice/eyepiece.service/eyepiece-node\n");
  writeFileSync(join(own, "cgroup.procs"), "");
  writeFileSync(join(own, "cgroup.subtree_control"), "memory\n");
  expect(MemoryGroups.open(GIB, files)).toBeDefined();
  expect(written("cgroup.subtree_control")).toBe("memory\n");
});

test.each([
  ["the older cgroups", () => writeFileSync(files.self, "9:memory:/x\n1:cpu:/\n")],
  ["no file of them", () => writeFileSync(files.self, "")],
  ["no memory to divide", () => writeFileSync(join(own, "cgroup.controllers"), "cpu pids\n")],
  ["processes of others", () => writeFileSync(join(own, "cgroup.procs"), `${process.pid}\n88\n`)],
  ["a group that is not there", () => writeFileSync(files.self, "0::/nowhere\n")],
])("with %s there are no bounds, and nothing is moved", (_name, spoil) => {
  spoil();
  expect(MemoryGroups.open(GIB, files)).toBeUndefined();
  expect(existsSync(join(own, "eyepiece-node"))).toBe(false);
});

test.skipIf(process.getuid?.() === 0)("a group of somebody else's is left alone", () => {
  chmodSync(join(own, "cgroup.procs"), 0o444);
  expect(MemoryGroups.open(GIB, files)).toBeUndefined();
});

test("a job's program enters its group before it begins, and says when it wanted too much", async () => {
  const memory = MemoryGroups.open(1.5 * GIB, files);
  const manager = await jobs.open({ memory });
  const submit = (line: string) => manager.submit({ person: "ada", kind: "shell", params: line }).id;
  const good = submit("exit 0");
  await reach(manager, good, "succeeded");
  const group = (id: string, file: string) => written(`eyepiece-job-${id}`, file);
  expect([group(good, "memory.max"), group(good, "memory.oom.group")]).toEqual([String(1.5 * GIB), "1"]);
  expect(Number(group(good, "cgroup.procs"))).toBeGreaterThan(1);
  // What the kernel writes when it has ended something.
  const waits = submit("while :; do sleep 0.05; done");
  await reach(manager, waits, "running");
  await expect.poll(() => existsSync(join(own, `eyepiece-job-${waits}`, "cgroup.procs"))).toBe(true);
  writeFileSync(join(own, `eyepiece-job-${waits}`, "memory.events"), "low 0\noom 1\noom_kill 3\n");
  process.kill(-Number(group(waits, "cgroup.procs")), "SIGKILL");
  const { reason } = await reach(manager, waits, "failed");
  expect(reason).toContain("wanted more than the 1.5 GiB of memory that one may have here");
});

test("one may have most of the machine", () => {
  expect(memoryOfOne()).toBeGreaterThan(0);
  expect(memoryOfOne()).toBeLessThan(2 ** 53);
});
