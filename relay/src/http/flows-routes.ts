/** Signing in and roles as Kodosumi's clients ask for them, below /api/flows: faces of the one account store. All else there is a node's. */
import * as v from "valibot";
import type { AccountRow } from "../accounts/people.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { type Exchange, HttpError } from "./exchange.ts";
import { defineRoute, type RouteContext, type RouteSpec } from "./router.ts";
import { actorOf, signedInByPassword, understood } from "./sign-in.ts";

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const Login = v.object({ name: text(254), password: text(1024) });
const NewRole = v.object({
  name: text(254),
  email: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(254)))),
  password: text(1024),
  active: v.optional(v.boolean(), true),
  operator: v.optional(v.boolean(), false),
});
const RoleChange = v.object({
  name: v.optional(text(254)),
  email: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(254)))),
  password: v.optional(text(1024)),
  active: v.optional(v.boolean()),
  operator: v.optional(v.boolean()),
});
/** Of a form with a name and a password. */
const MAX_FORM = 8 * 1024;

const TAG = "Flows";
const roles = { tag: TAG, access: "owner", scope: "all" } as const;

/** The routes. `name` is the username or the e-mail address; an id of an account is its id everywhere. */
export function flowsRoutes({ accounts, deletion, limit }: RouteDependencies): RouteSpec[] {
  const { people, audit } = accounts;
  const known = (id: string): AccountRow => {
    const account = people.get(id) ?? people.find(id);
    if (!account || account.role === "guest")
      throw new HttpError(404, "not_found", "There is no such account.");
    return account;
  };
  const login = async (exchange: Exchange, { name, password }: v.InferOutput<typeof Login>) => {
    const person = await signedInByPassword(exchange, accounts, limit, name, password);
    const { cookie, secret } = await accounts.sessions.begin(person.id);
    audit.note(actorOf(exchange, person), "login", person.id, "password");
    const told = { name: person.username, id: person.id, KODOSUMI_API_KEY: secret };
    exchange.json(200, told, { "Set-Cookie": cookie });
  };
  const change = async (
    { exchange, person }: RouteContext,
    account: AccountRow,
    wish: v.InferOutput<typeof RoleChange>,
  ) => {
    const { id, username } = account;
    const actor = actorOf(exchange, person);
    if (wish.name !== undefined && wish.name !== username && wish.name !== account.email)
      throw new HttpError(400, "invalid", "An account keeps its name: make another in its place.");
    await understood(async () => {
      if (wish.email !== undefined) people.setProfile(id, { email: wish.email });
      if (wish.password !== undefined) await people.setPassword(id, wish.password);
      if (wish.operator !== undefined) people.setRole(id, wish.operator ? "owner" : "user");
      if (wish.active !== undefined && wish.active === account.disabled)
        (wish.active ? people.enable : people.disable).call(people, id);
    });
    audit.note(actor, "role", id, `${username} ${Object.keys(wish).join(",")}`);
  };
  return [
    defineRoute({
      method: "POST",
      path: "/api/flows/login",
      summary: "Signs in by name or e-mail address and password, from a form or as JSON",
      tag: TAG,
      access: "public",
      raw: true,
      responses: {
        200: "{name, id, KODOSUMI_API_KEY} and the cookie",
        401: "The name or the password is wrong",
      },
      handler: async ({ exchange, upload }) => login(exchange, await formOf(exchange, upload)),
    }),
    defineRoute({
      method: "POST",
      path: "/api/flows/api/login",
      summary: "Signs in by name or e-mail address and password, as JSON",
      tag: TAG,
      access: "public",
      body: Login,
      responses: {
        200: "{name, id, KODOSUMI_API_KEY} and the cookie",
        401: "The name or the password is wrong",
      },
      sample: () => ({ body: { name: "nobody", password: "wrong-password" } }),
      handler: ({ exchange, body }) => login(exchange, body),
    }),
    defineRoute({
      ...roles,
      method: "GET",
      path: "/api/flows/role",
      summary: "All accounts, as roles",
      handler({ exchange }) {
        exchange.json(200, people.list().map(roleJson));
      },
    }),
    defineRoute({
      ...roles,
      method: "POST",
      path: "/api/flows/role",
      summary: "Makes an account",
      body: NewRole,
      responses: { 201: "The role", 409: "The name or the address is taken" },
      sample: ({ user }) => ({ body: { name: `r-${user.slice(0, 30)}`, password: "correct horse battery" } }),
      async handler(context) {
        const { name, email, password, active, operator } = context.body;
        // Usernames hold no @: of an address, what is before it is the name.
        const username = name.split("@")[0] ?? "";
        const address = email ?? (name.includes("@") ? name : undefined);
        const id = await understood(() =>
          people.create({ username, email: address, password, role: operator ? "owner" : "user" }),
        );
        if (!active) await understood(() => people.disable(id));
        audit.note(actorOf(context.exchange, context.person), "register", id, "role");
        context.exchange.json(201, roleJson(known(id)));
      },
    }),
    defineRoute({
      ...roles,
      method: "GET",
      path: "/api/flows/role/{id}",
      summary: "An account, by id, name or e-mail address",
      sample: ({ user }) => ({ params: { id: user } }),
      handler({ exchange, params: { id = "" } }) {
        exchange.json(200, roleJson(known(id)));
      },
    }),
    defineRoute({
      ...roles,
      method: "PUT",
      path: "/api/flows/role/{id}",
      summary:
        "Changes an account; one that is not active any more is signed out everywhere at once, its tokens too",
      body: RoleChange,
      sample: ({ user }) => ({ params: { id: user }, body: { active: true } }),
      async handler(context) {
        const account = known(context.params.id ?? "");
        await change(context, account, context.body);
        context.exchange.json(200, roleJson(known(account.id)));
      },
    }),
    defineRoute({
      ...roles,
      method: "DELETE",
      path: "/api/flows/role/{id}",
      summary: "Removes an account and everything that is its",
      responses: { 204: "It is gone" },
      sample: ({ user }) => ({ params: { id: user } }),
      async handler({ exchange, person, params: { id = "" } }) {
        const account = known(id);
        await understood(() => deletion.remove(account.id));
        audit.note(actorOf(exchange, person), "delete", account.id, account.username);
        exchange.reply(204, {});
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/nodes/people/{id}",
      summary: "Who somebody is now, for a node that is to start their scheduled runs",
      tag: "Nodes",
      access: "node",
      sample: ({ user }) => ({ params: { id: user } }),
      responses: { 200: "{id, name, role, rights}", 404: "The account is gone or disabled" },
      handler({ exchange, params: { id = "" } }) {
        const person = accounts.person(id);
        if (!person || person.role === "guest")
          throw new HttpError(404, "not_found", "This account is gone, or it is disabled.");
        const { name, role, rights } = person;
        exchange.json(200, { id, name, role, rights });
      },
    }),
  ];
}

function roleJson({ id, username, email, role, disabled, createdAt }: AccountRow): object {
  return {
    ...{ id, name: username, email: email ?? "", active: !disabled, operator: role === "owner" },
    created_at: createdAt / 1000,
  };
}

/** The fields of a form, or of JSON. @throws HttpError */
async function formOf(
  exchange: Exchange,
  body: RouteContext["upload"],
): Promise<v.InferOutput<typeof Login>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    exchange.onAbort(() => reject(new HttpError(400, "aborted", "The request was aborted.")));
    body.start((bytes, last) => {
      size += bytes.byteLength;
      if (size > MAX_FORM) reject(new HttpError(413, "too_large", "The form is too large."));
      else parts.push(bytes.slice());
      if (last) resolve();
    });
  });
  const bytes = Buffer.concat(parts);
  const fields = await fieldsOf(bytes, exchange.header("content-type"));
  const read = v.safeParse(Login, fields);
  if (read.success) return read.output;
  throw new HttpError(400, "invalid", "Signing in needs a form, or JSON, with name and password.");
}

async function fieldsOf(bytes: Buffer, type: string): Promise<unknown> {
  try {
    if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
      return JSON.parse(bytes.toString());
    const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
    return Object.fromEntries(form);
  } catch {
    return undefined;
  }
}
