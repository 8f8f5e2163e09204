/** For tests: people with things of every kind on a running relay, made by the relay's own routes. */
import { join } from "node:path";
import { Accounts } from "../accounts/accounts.ts";
import { openDatabase } from "../accounts/store.ts";
import type { SampleThings } from "../http/router.ts";
import type { TestRelay } from "./fixture.ts";

/** Somebody at a browser. */
export interface Visitor {
  readonly id: string;
  readonly cookie: string;
}

/** A small PNG: a signature is all that the relay looks at. */
export const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** Runs `use` with the accounts of the relay, on a connection of its own as the command line's. */
export async function withPeople<T>(
  fixture: TestRelay,
  use: (accounts: Accounts) => Promise<T> | T,
): Promise<T> {
  const database = openDatabase(join(fixture.home, "relay"));
  try {
    return await use(new Accounts(database, false));
  } finally {
    database.close();
  }
}

/** A new account without a password, signed in. */
export function newcomer(fixture: TestRelay, username: string, role: "owner" | "user"): Promise<Visitor> {
  return withPeople(fixture, async ({ people, sessions }) => {
    const id = await people.create({ username, role });
    const { secret } = await sessions.begin(id);
    return { id, cookie: `eyepiece_session=${secret}` };
  });
}

/** What one asks of the relay. @throws Error when it answers with an error */
export async function ask(
  fixture: TestRelay,
  visitor: { readonly cookie?: string; readonly authorization?: string },
  request: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const [method = "GET", path = "/"] = request.split(" ");
  const raw = body instanceof Uint8Array || typeof body === "string";
  const response = await fetch(fixture.relay.url + path, {
    method,
    headers: { ...visitor },
    ...(body === undefined ? {} : { body: raw ? Buffer.from(body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request}: ${response.status} ${text}`);
  return { ...(JSON.parse(text) as Record<string, unknown>), cookie: response.headers.get("set-cookie") };
}

/** Enters by a share link's address as a guest. */
export async function guestOf(fixture: TestRelay, url: string): Promise<Visitor> {
  const { cookie } = await ask(fixture, {}, "POST /api/shares/redeem", { token: url.split("#")[1] });
  const header = String(cookie).split(";")[0] ?? "";
  const me = await ask(fixture, { cookie: header }, "GET /api/auth/me");
  return { id: String(me.id), cookie: header };
}

/** A thing of every kind for a person, with `word` in it: the ids that routes' samples ask for, and a few more. */
export async function thingsOf(
  fixture: TestRelay,
  visitor: Visitor,
  nodeToken: string,
  word = "other",
): Promise<SampleThings & { readonly shareUrl: string }> {
  const call = (request: string, body?: unknown) => ask(fixture, visitor, request, body);
  const text = async (key: string, request: string, body?: unknown) =>
    String((await call(request, body))[key]);
  const project = await text("id", "POST /api/projects", { name: `${word} project` });
  const cells = [{ id: "c1", type: "code", content: `${word}_source = 1` }];
  const notebook = await text("id", "POST /api/notebooks", { name: `${word} notebook`, project, cells });
  const version = await text("id", `POST /api/notebooks/${notebook}/versions`, { name: `${word} version` });
  const comment = await text("id", `POST /api/notebooks/${notebook}/comments`, {
    cell: "c1",
    text: `${word} comment`,
  });
  const execution = `run-${notebook}`;
  const outputs = [{ output_type: "stream", name: "stdout", text: `${word} output of ${notebook}` }];
  const brought = { notebook, cell: "c1", state: "done", outputs };
  const run = await ask(
    fixture,
    { authorization: `Bearer ${nodeToken}` },
    `PUT /api/executions/${execution}`,
    brought,
  );
  const files = `/api/projects/${project}/files`;
  const whole = await text("upload", `POST ${files}/init`, { name: `${word}.txt`, size: 1 });
  await call(`PUT ${files}/uploads/${whole}?offset=0`, "x");
  await call(`POST ${files}/uploads/${whole}/complete`);
  const upload = await text("upload", `POST ${files}/init`, { name: "part.txt", size: 1 });
  const shared = await call("POST /api/shares", { kind: "notebook", id: notebook, rights: "view" });
  const share = String(shared.id);
  const { picture } = await call(`PUT /api/shares/${share}/picture`, PNG);
  const token = await text("id", "POST /api/tokens", { name: `${word}-token` });
  const grant = await text("id", "POST /api/grants", {
    kind: "notebook",
    id: notebook,
    username: "owner",
    rights: "view",
  });
  return {
    user: visitor.id,
    project,
    notebook,
    version,
    comment,
    execution,
    hash: String(run.blob),
    path: `${word}.txt`,
    upload,
    share,
    shareUrl: String(shared.url),
    picture: /([\w-]+)\.png$/.exec(String(picture))?.[1] ?? "",
    token,
    grant,
    // Invitations are the administrators'.
    invitation: "none",
  };
}
