import fc from "fast-check";
import { expect, test } from "vitest";
import { SyncProgress, whyNot } from "./sync-progress.ts";

const SAID = `Using CPython 3.11.7 interpreter at: /usr/bin/python3
Creating virtual environment at: env
   Building eyepiece @ file:///eyepiece/gpu-node/python
      Built eyepiece @ file:///eyepiece/gpu-node/python
Downloading torch (514.2MiB)
Downloading numpy (16.1MiB)
Downloading pip (900.5KiB)
 Downloaded pip
 Downloaded numpy
 Downloaded torch
Prepared 83 packages in 12.61s
Installed 83 packages in 1.01s
`;

test("tells how far uv is, in whatever pieces its words come, and never goes back at its end", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(SAID.length)), (cuts) => {
      const told: [string, number][] = [];
      const progress = new SyncProgress((message, fraction) => told.push([message, fraction ?? -1]));
      const places = [0, ...cuts.sort((a, b) => a - b), SAID.length];
      for (const [n, at] of places.entries()) progress.hear(SAID.slice(at, places[n + 1] ?? SAID.length));
      expect(told.map(([message]) => message)).toEqual([
        "Fetching packages: 0 of 514 MiB",
        "Fetching packages: 0 of 530 MiB",
        "Fetching packages: 0 of 531 MiB",
        "Fetching packages: 1 of 531 MiB",
        "Fetching packages: 17 of 531 MiB",
        "Fetching packages: 531 of 531 MiB",
        "Installing 83 packages",
        "Compiling the packages; for large ones this takes a minute",
      ]);
      const fractions = told.map(([, fraction]) => fraction);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(Math.max(...fractions)).toBeLessThan(1);
    }),
  );
});

test("says what to do without a network, and with a full disk", () => {
  const away = whyNot(`error: Failed to download \`wcwidth==0.9.4\`
  cause: Request failed after 3 retries in 4.4s
  cause: Failed to fetch: https://files.pythonhosted.org/packages/wcwidth.whl
  cause: client error (Connect)
  cause: tcp connect error`);
  expect(away).toBe(
    "The packages could not be fetched: files.pythonhosted.org does not answer this machine (Failed to download `wcwidth==0.9.4`). Connect it, or name another index in uv.toml; then choose the kernel again. What was fetched is kept.",
  );
  expect(whyNot("error: Failed to install: torch\n  cause: No space left on device (os error 28)")).toMatch(
    /the disk is full .* Make room/,
  );
  expect(whyNot("error: The lockfile is of a newer uv")).toBe(
    "The packages could not be installed: The lockfile is of a newer uv",
  );
});
