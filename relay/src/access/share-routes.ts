/** Sharing: links and grants by name that owners make. Redeeming a link is in redeem-routes.ts. */
import {
  isNodes,
  LEVELS,
  RIGHTS,
  type Right,
  rightsOfLevel,
  SHARED_KINDS,
  type SharedKind,
} from "@eyepiece/protocol/rights.ts";
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec, type SampleRequest, type SampleThings } from "../http/router.ts";
import { actorOf, understood } from "../http/sign-in.ts";
import { Peer } from "../switch/peer.ts";
import { ownSessions } from "./node-sessions.ts";
import { readPicture, removePicture, writePicture } from "./pictures.ts";
import { ownsRun } from "./run-shares.ts";
import type { Share } from "./shares.ts";

const ID = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, "an id"));
const NODE = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a node's name"));
/** A level, or the rights themselves; the levels below come with it, `run` never does. */
const Rights = v.union([v.picklist(LEVELS), v.pipe(v.array(v.picklist(RIGHTS)), v.minLength(1))], "a right");
const Expiry = v.pipe(
  v.number(),
  v.integer(),
  v.check((at) => at > Date.now(), "milliseconds since 1970, in the future"),
);
const Password = v.pipe(v.string(), v.minLength(4, "4 characters or more"), v.maxLength(256));
const TITLE = v.pipe(v.string(), v.trim(), v.maxLength(120));

const target = {
  kind: v.picklist(SHARED_KINDS),
  id: ID,
  node: v.optional(v.union([v.literal(""), NODE]), ""),
};
const NewShareBody = v.object({
  ...target,
  rights: Rights,
  run: v.optional(v.boolean(), false),
  expires_at: v.optional(v.nullable(Expiry)),
  password: v.optional(v.nullable(Password)),
  title: v.optional(TITLE),
});
const ChangeBody = v.object({
  rights: v.optional(Rights),
  run: v.optional(v.boolean()),
  expires_at: v.optional(v.nullable(Expiry)),
  password: v.optional(v.nullable(Password)),
  title: v.optional(TITLE),
});
const ListQuery = v.object({ kind: v.optional(v.picklist(SHARED_KINDS)), id: v.optional(ID) });
const GrantQuery = v.object({ kind: v.picklist(SHARED_KINDS), id: ID });
const GrantBody = v.object({
  ...target,
  username: v.pipe(v.string(), v.minLength(1), v.maxLength(254)),
  rights: Rights,
  run: v.optional(v.boolean(), false),
});

const common = { tag: "Sharing", access: "people", scope: "all" } as const;

/** The routes. */
export function shareRoutes(to: RouteDependencies): RouteSpec[] {
  const { accounts, access, shares, switchboard, folder } = to;

  /** Where the thing is, when it is the person's to share. @throws HttpError 404 */
  const whereOwn = async (
    person: Person,
    { kind, id, node }: v.InferOutput<typeof GrantQuery> & { node: string },
  ) => {
    const missing = new HttpError(404, "not_found", `There is no such ${kind}, or it is not yours to share.`);
    if (!isNodes(kind)) {
      if (access.ownerOf({ kind, id }) !== person.id) throw missing;
      return "";
    }
    const found = switchboard.registry.find(node, kind === "run" ? "http" : "node", person);
    if (!(found instanceof Peer)) throw new HttpError(503, found.code, found.message);
    const own =
      kind === "run"
        ? await ownsRun(switchboard, person, found.nodeName, id)
        : (await ownSessions(switchboard, person, found.nodeName)).includes(id);
    if (!own) throw missing;
    return found.nodeName;
  };
  const own = (person: Person, id: string): Share => {
    const share = shares.get(person.id, id);
    if (!share) throw new HttpError(404, "not_found", "There is no such share.");
    return share;
  };
  const json = (share: Share) => ({
    id: share.id,
    kind: share.kind,
    thing: share.thing,
    node: share.node,
    rights: share.rights,
    created_at: share.createdAt,
    expires_at: share.expiresAt ?? null,
    has_password: share.passwordHash !== undefined,
    title: share.title,
    picture: share.picture === undefined ? null : `/api/shares/picture/${share.picture}.png`,
    holders: shares.holders(share.id),
  });

  return [
    defineRoute({
      ...common,
      method: "POST",
      path: "/api/shares",
      summary: "Makes a link to a project, notebook or session; it is shown this once",
      body: NewShareBody,
      sample: ({ notebook }) => ({ body: { kind: "notebook", id: notebook, rights: "view" } }),
      async handler({ exchange, person, body }) {
        const node = await whereOwn(person, body);
        const rights = rightsOf(body.kind, body.rights, body.run);
        const { id, secret } = await understood(() =>
          shares.create({
            kind: body.kind,
            thing: body.id,
            node,
            rights,
            createdBy: person.id,
            expiresAt: body.expires_at ?? undefined,
            password: body.password ?? undefined,
            title: body.title,
          }),
        );
        accounts.audit.note(
          actorOf(exchange, person),
          "share",
          id,
          `${body.kind} ${body.id} ${rights.join(",")}`,
        );
        exchange.json(200, { id, url: `/s#${secret}` });
      },
    }),
    defineRoute({
      ...common,
      scope: "view",
      method: "GET",
      path: "/api/shares",
      summary: "The links that one has made, of one thing or of all, without their secrets",
      query: ListQuery,
      handler({ exchange, person, query: { kind, id } }) {
        const thing = kind !== undefined && id !== undefined ? { kind, thing: id } : undefined;
        exchange.json(200, { shares: shares.list(person.id, thing).map(json) });
      },
    }),
    defineRoute({
      ...common,
      method: "PATCH",
      path: "/api/shares/{id}",
      summary: "Changes what a link gives, its end or its password; what it gives no more ends at once",
      body: ChangeBody,
      sample: ofShare({ rights: "view" }),
      async handler({ exchange, person, params: { id = "" }, body }) {
        const share = own(person, id);
        const rights =
          body.rights === undefined && body.run === undefined
            ? undefined
            : rightsOf(
                share.kind,
                body.rights ?? share.rights.filter((right) => right !== "run"),
                body.run ?? runOf(body.rights, share),
              );
        const { expires_at: expiresAt, password, title } = body;
        await understood(() => shares.change(share, { rights, expiresAt, password, title }));
        accounts.audit.note(actorOf(exchange, person), "share-changed", id, Object.keys(body).join(","));
        exchange.json(200, json(own(person, id)));
      },
    }),
    defineRoute({
      ...common,
      method: "DELETE",
      path: "/api/shares/{id}",
      summary: "Ends a link, and everything that is open by it",
      sample: ofShare(),
      handler({ exchange, person, params: { id = "" } }) {
        const share = own(person, id);
        shares.remove(share);
        removePicture(folder, share.picture);
        accounts.audit.note(actorOf(exchange, person), "share-revoked", id, `${share.kind} ${share.thing}`);
        exchange.json(200, { ok: true });
      },
    }),
    defineRoute({
      ...common,
      method: "PUT",
      path: "/api/shares/{id}/picture",
      summary: "Gives a picture (PNG, at most 1 MiB) that anybody sees who previews the link",
      raw: true,
      sample: ofShare(),
      async handler({ exchange, person, params: { id = "" }, upload }) {
        const share = own(person, id);
        const picture = writePicture(folder, await readPicture(exchange, upload));
        shares.setPicture(share, picture);
        removePicture(folder, share.picture);
        // The token stays in the fragment; the picture's id alone is sent.
        exchange.json(200, { picture: `/api/shares/picture/${picture}.png`, query: `?p=${picture}` });
      },
    }),
    defineRoute({
      ...common,
      scope: "view",
      method: "GET",
      path: "/api/grants",
      summary: "Whom one has given a thing by name",
      query: GrantQuery,
      sample: ({ notebook }) => ({ query: { kind: "notebook", id: notebook } }),
      handler({ exchange, person, query: { kind, id } }) {
        const grants = shares.named(person.id, { kind, thing: id }).map(({ createdAt, userId, ...rest }) => ({
          ...rest,
          user: userId,
          created_at: createdAt,
        }));
        exchange.json(200, { grants });
      },
    }),
    defineRoute({
      ...common,
      method: "POST",
      path: "/api/grants",
      summary: "Gives a thing to somebody with an account",
      body: GrantBody,
      sample: ({ notebook }) => ({
        body: { kind: "notebook", id: notebook, username: "owner", rights: "view" },
      }),
      async handler({ exchange, person, body }) {
        const node = await whereOwn(person, body);
        const to = accounts.people.find(body.username);
        if (!to || to.disabled)
          throw new HttpError(404, "not_found", `There is no account ${body.username}: check the name.`);
        if (to.id === person.id) throw new HttpError(400, "invalid", "It is yours already.");
        const rights = rightsOf(body.kind, body.rights, body.run);
        const id = shares.giveByName(to.id, {
          kind: body.kind,
          thing: body.id,
          node,
          rights,
          createdBy: person.id,
        });
        const said = `${body.kind} ${body.id} to ${to.username} ${rights.join(",")}`;
        accounts.audit.note(actorOf(exchange, person), "share", id, said);
        exchange.json(200, { id });
      },
    }),
    defineRoute({
      ...common,
      method: "DELETE",
      path: "/api/grants/{id}",
      summary: "Takes back what was given by name, and ends what is open by it",
      sample: ({ grant = "" }) => ({ params: { id: grant } }),
      handler({ exchange, person, params: { id = "" } }) {
        if (!shares.takeBack(person.id, id)) throw new HttpError(404, "not_found", "There is no such grant.");
        accounts.audit.note(actorOf(exchange, person), "share-revoked", id);
        exchange.json(200, { ok: true });
      },
    }),
  ];
}

/** Writes rights out: the highest level with those below it, and `run` where it was ticked or named. Who is given a run looks at it only. */
function rightsOf(kind: SharedKind, wish: v.InferOutput<typeof Rights>, run: boolean): Right[] {
  if (kind === "run") return ["view"];
  if (typeof wish === "string") return rightsOfLevel(wish, run);
  const level = [...LEVELS].reverse().find((each) => wish.includes(each)) ?? "view";
  return rightsOfLevel(level, run || wish.includes("run"));
}

/** Whether `run` stays when a change does not speak of it. */
function runOf(wish: v.InferOutput<typeof Rights> | undefined, share: Share): boolean {
  return typeof wish === "object" ? wish.includes("run") : share.rights.includes("run");
}

function ofShare(body?: unknown): (things: SampleThings) => SampleRequest {
  return ({ share }) => ({ params: { id: share }, ...(body === undefined ? {} : { body }) });
}
