/**
 * Stands in for vitest in the packed GPU tests: vitest's own expect over Node's own test runner, so that a machine without a
 * network needs neither vitest's server nor its packages. What the GPU tests do not use is not here, and fails to import.
 */
import { after, afterEach, before, beforeEach, describe as nodeDescribe, test as nodeTest } from "node:test";
import { format } from "node:util";
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";
import * as chai from "chai";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, isExpectingAssertionsError: null }, expect);

/** vitest's `$name` and printf-like titles. */
const titled = (title, values) =>
  format(
    title.replace(/\$(\w+)/g, (_, key) => String(values[0]?.[key])),
    ...(title.includes("%") ? values : []),
  );

const withEach = (run) =>
  Object.assign((name, body, timeout) => run(name, timeout ? { timeout } : {}, () => body()), {
    each: (rows) => (name, body) => {
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        run(titled(name, values), {}, () => body(...values));
      }
    },
  });

export const test = withEach(nodeTest);
export const it = test;
export const describe = withEach(nodeDescribe);
export { after as afterAll, afterEach, before as beforeAll, beforeEach };
