import fc from "fast-check";
import { expect, test } from "vitest";
import { leadsElsewhere } from "./target.ts";

const SEGMENT = fc.oneof(
  fc.constantFrom(".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", "...", ".a", "a.", "%2f", "..%2f", ".\t.", ""),
  fc.stringMatching(/^[a-z0-9.%_-]{0,6}$/),
);

test("a path that is let through is read by a URL's parser as it is", () => {
  fc.assert(
    fc.property(fc.array(SEGMENT, { minLength: 1, maxLength: 6 }), fc.boolean(), (segments, back) => {
      const path = `/${segments.join(back ? "\\" : "/")}`;
      const read = new URL(`http://node${path}`).pathname;
      const written = path.replaceAll("\\", "/").replaceAll("\t", "");
      expect([path, leadsElsewhere(path)]).toEqual([path, read !== written]);
    }),
    { numRuns: 2000 },
  );
});
