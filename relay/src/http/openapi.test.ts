import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";

let fixture: TestRelay;
beforeAll(async () => {
  fixture = await testRelay();
});
afterAll(() => fixture.close());

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { name: string; in: string; required: boolean }[];
  readonly requestBody?: {
    content: Record<string, { schema: { required?: string[]; properties?: object } }>;
  };
  readonly responses: Record<string, { description: string }>;
  readonly security: readonly object[];
}
type Paths = Record<string, Record<string, Operation>>;

test("the OpenAPI document names every route with its parameters, body and answers", async () => {
  const response = await fetch(`${fixture.relay.url}/api/openapi.json`);
  const document = (await response.json()) as { openapi: string; paths: Paths };
  expect(document.openapi).toBe("3.1.0");
  const ids = new Set<string>();
  for (const spec of fixture.relay.routes()) {
    const path = spec.path.replaceAll("*}", "}");
    const operation = document.paths[path]?.[spec.method.toLowerCase()];
    if (!operation) throw new Error(`${spec.method} ${spec.path} is not described`);
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    const described = operation.parameters.filter((one) => one.in === "path").map(({ name }) => name);
    expect(described).toEqual(named);
    expect(operation.requestBody !== undefined).toBe(spec.body !== undefined || spec.raw === true);
    expect(operation.security.length > 0).toBe(spec.access !== "public");
    for (const { description } of Object.values(operation.responses)) expect(description).not.toBe("");
    ids.add(operation.operationId);
  }
  expect(ids.size).toBe(fixture.relay.routes().length);
  const login = document.paths["/api/auth/login"]?.post?.requestBody?.content["application/json"]?.schema;
  expect(login?.required).toEqual(["username", "password"]);
  const audit = document.paths["/api/admin/audit"]?.get?.parameters.map(({ name }) => name);
  expect(audit).toEqual(["limit", "before"]);
});

test("the page of the API runs and fetches nothing", async () => {
  const response = await fetch(`${fixture.relay.url}/api/docs`);
  const page = await response.text();
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page).toContain("/api/projects/{id}/files/{path*}");
  expect(page).not.toMatch(/<script|src=|https?:/);
});
