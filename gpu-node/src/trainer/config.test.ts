import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ConfigError, chosen, readConfig } from "./config.ts";
import { jobDevices } from "./devices.ts";

const folder = mkdtempSync(join(tmpdir(), "eyepiece-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "config.yaml");
function read(text: string) {
  writeFileSync(file, text);
  return readConfig(file, "/home/ada");
}

test("says what it says, with paths from where it lies", () => {
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(folder, "sub", "accelerate.yaml"), "");
  expect(
    read(`
storage_path: ~/big
training: { gpu_ids: [1, 2] }
inference:
  gpu_ids: 0
accelerate_config: sub/accelerate.yaml
ray_addresses: ["ray://head.lab:10001"]
inactivity_timeout: 30
`),
  ).toEqual({
    ...{ storagePath: "/home/ada/big", trainingGpus: [1, 2], inferenceGpus: [0], inactivitySeconds: 30 },
    accelerateConfig: join(folder, "sub/accelerate.yaml"),
    rayAddresses: ["ray://head.lab:10001"],
  });
  // Arbor's: one list for both, or text, or an empty one for "find them".
  expect(read('gpu_ids: "0, 3"\naccelerate_config: null')).toEqual({
    trainingGpus: [0, 3],
    inferenceGpus: [0, 3],
  });
  expect(read("storage_path: store\ngpu_ids: []")).toEqual({ storagePath: join(folder, "store") });
  expect(read("")).toEqual({});
});

test.each<[string, RegExp]>([
  ["gpus: [0]", /the setting gpus, which is not known/],
  ["training: { gpu_ids: [0, 0] }", /training\.gpu_ids is not right, .*each once/],
  ["gpu_ids: all", /gpu_ids is not right, it must be numbers of GPUs/],
  ["gpu_ids: [-1]", /each once/],
  ["inactivity_timeout: soon", /inactivity_timeout is not right, it must be a number of seconds/],
  ["inactivity_timeout: 0", /at least a second/],
  ["ray_addresses: [auto]", /ray_addresses\.0 is not right, it must be an address/],
  ["accelerate_config: none.yaml", /accelerate_config names .*none\.yaml, and there is no such file/],
  ["a: [", /it is no YAML/],
  ["just words", /it must hold names and values/],
  ["#".repeat(70_000), /it is larger than 65536 bytes/],
  ["a: &a [1,1,1]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]", /alias/],
])("%.40s is refused with the file's name", (text, words) => {
  let told = "";
  try {
    read(text);
  } catch (cause) {
    expect(cause).toBeInstanceOf(ConfigError);
    told = (cause as Error).message;
  }
  expect(told).toContain(file);
  expect(told).toMatch(words);
});

test("whatever is in the file, it is read or refused in words", () => {
  const word = fc.constantFrom(
    "gpu_ids",
    "training",
    "storage_path",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "0",
    "&a ",
    "*a",
    "\n",
    "- ",
    "!!js ",
    "'",
    "|",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 30 }), (parts) => {
      try {
        read(parts.join(""));
      } catch (cause) {
        expect(cause).toBeInstanceOf(ConfigError);
      }
    }),
    { numRuns: 500 },
  );
});

test("a file that is not there, and a GPU that is not, are named", async () => {
  expect(() => readConfig(join(folder, "gone.yaml"))).toThrow(
    /gone\.yaml cannot be used: there is no such file/,
  );
  const devices = await jobDevices({ EYEPIECE_FAKE_GPUS: "3" }, false);
  expect(chosen(devices, [2, 0], "training").map(({ id }) => id)).toEqual(["fake-2", "fake-0"]);
  expect(chosen(devices, undefined, "training")).toHaveLength(3);
  expect(() => chosen(devices, [5], "training")).toThrow(
    /name GPU 5 for training, and this machine has only 0, 1, 2/,
  );
  expect(() => chosen([], [0], "inference")).toThrow(
    /GPU 0 for inference, and this machine has no GPU for it/,
  );
  // Arbor's word for one that is there for scheduling only.
  expect(await jobDevices({ ARBOR_MOCK_GPU: "1" }, false)).toHaveLength(1);
  expect(await jobDevices({ ARBOR_MOCK_GPU: "0", EYEPIECE_FAKE_GPUS: "" }, false)).toHaveLength(0);
});
