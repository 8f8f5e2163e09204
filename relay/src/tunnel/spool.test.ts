import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Spool } from "./spool.ts";

test("gives back what was added, in order, whatever the pieces; and leaves nothing in its folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-spool-"));
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.uint8Array(), fc.nat(64))), (steps) => {
      const spool = new Spool(folder);
      const [added, taken]: [number[], number[]] = [[], []];
      for (const step of steps) {
        if (typeof step === "number") taken.push(...spool.take(step));
        else {
          const bytes = Uint8Array.from(step);
          spool.add(bytes);
          added.push(...step);
          bytes.fill(0);
        }
        expect(spool.bytes).toBe(added.length - taken.length);
        expect(readdirSync(folder)).toEqual([]);
      }
      while (spool.bytes > 0) taken.push(...spool.take(7));
      expect(taken).toEqual(added);
      spool.close();
    }),
  );
  rmSync(folder, { recursive: true });
});
