import { expect, test } from "vitest";
import { flowsSettings } from "./settings.ts";

test("settings that are wrong are told, and the usual ones hold", () => {
  const told: string[] = [];
  const settings = flowsSettings(
    {
      EYEPIECE_FLOWS_TIMEOUT: "soon",
      EYEPIECE_FLOWS_MEMORY: "-1",
      EYEPIECE_FLOWS_RAY_NETWORK: "theirs",
      EYEPIECE_FLOWS_RAY_CPUS: " 3 ",
      EYEPIECE_FLOWS_LOCK_EXPIRES: "60",
      EYEPIECE_FLOWS_EXEC_DIR: "/srv/runs/",
    },
    (line) => told.push(line),
  );
  expect(settings).toMatchObject({
    ...{ timeout: 86_400, memory: 4 * 1024 ** 3, rayNetwork: "own", rayCpus: 3, rayServer: "" },
    ...{ execDir: "/srv/runs", ofServices: { EYEPIECE_FLOWS_LOCK_EXPIRES: "60" } },
  });
  expect(told).toEqual([
    "EYEPIECE_FLOWS_RAY_NETWORK is theirs, which is neither own nor shared; own is used.",
    "EYEPIECE_FLOWS_TIMEOUT is soon, which is no number above 0; 86400 is used.",
    "EYEPIECE_FLOWS_MEMORY is -1, which is no number above 0; 4294967296 is used.",
  ]);
  expect(flowsSettings({}, () => {})).toMatchObject({ execDir: undefined, ofServices: {}, rayIdle: 600 });
});
