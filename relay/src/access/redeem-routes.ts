/** Share links from their holder's side: what a link is, and entering by it. The token comes in a body, never in an address. */
import type { SharedKind } from "@eyepiece/protocol/rights.ts";
import * as v from "valibot";
import { verifyPassword } from "../accounts/passwords.ts";
import type { RouteDependencies } from "../http/dependencies.ts";
import { type Exchange, HttpError } from "../http/exchange.ts";
import { escapeHtml } from "../http/html.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { actorOf, attempt, guessesAt, understood } from "../http/sign-in.ts";
import { pictureBytes } from "./pictures.ts";
import type { Share } from "./shares.ts";

const TOKEN = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const PreviewBody = v.object({ token: TOKEN });
const RedeemBody = v.object({
  token: TOKEN,
  password: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256)))),
});

const PAGES: Readonly<Record<SharedKind, string>> = {
  project: "/project/",
  notebook: "/notebook/",
  session: "/view/",
  run: "/flows/runs/",
};

/** The routes. */
export function redeemRoutes(to: RouteDependencies): RouteSpec[] {
  const { accounts, shares, limit, folder } = to;
  const find = async (exchange: Exchange, token: string): Promise<Share> => {
    const share = await attempt(limit, [{ key: `share ${exchange.address}`, free: 20 }], async () =>
      shares.find(token),
    );
    if (share) return share;
    throw new HttpError(
      404,
      "not_found",
      "This link does not hold any more: it was withdrawn or has expired. Ask for a new one.",
    );
  };
  return [
    defineRoute({
      method: "POST",
      path: "/api/shares/preview",
      summary: "What a share link gives, before it is redeemed",
      tag: "Sharing",
      access: "public",
      scope: "view",
      body: PreviewBody,
      sample: () => ({ body: { token: "x" } }),
      async handler({ exchange, body }) {
        const share = await find(exchange, body.token);
        exchange.json(200, {
          kind: share.kind,
          rights: share.rights,
          shared_by: accounts.person(share.createdBy)?.name ?? "",
          expires_at: share.expiresAt ?? null,
          needs_password: share.passwordHash !== undefined,
          title: share.title,
        });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/shares/redeem",
      summary: "Enters by a share link: as a guest, or with one's account where somebody is signed in",
      tag: "Sharing",
      access: "public",
      scope: "view",
      body: RedeemBody,
      responses: {
        200: "{kind, id, node, path} to go to",
        403: "The password is wrong",
        404: "The link does not hold",
      },
      sample: () => ({ body: { token: "x" } }),
      async handler({ exchange, proof, body }) {
        const share = await find(exchange, body.token);
        const { passwordHash } = share;
        const person = proof?.person;
        const isOwn = person?.id === share.createdBy;
        if (passwordHash !== undefined && !isOwn) {
          if (!body.password) throw new HttpError(403, "password", "This link needs a password.");
          const right = await attempt(limit, guessesAt(`share ${share.id}`, exchange.address), () =>
            understood(
              async () => (await verifyPassword(body.password ?? "", passwordHash)).right || undefined,
            ),
          );
          if (!right) throw new HttpError(403, "password", "The password is wrong.");
          // The link may have been withdrawn while the password was checked.
          await find(exchange, body.token);
        }
        const answer = {
          kind: share.kind,
          id: share.thing,
          node: share.node,
          path: PAGES[share.kind] + share.thing,
          rights: share.rights,
        };
        if (isOwn) {
          exchange.json(200, answer);
          return;
        }
        const userId = shares.give(share, person?.id);
        accounts.audit.note(actorOf(exchange, person), "share-redeemed", share.id, person ? "" : "guest");
        if (person) exchange.json(200, answer);
        else {
          const { cookie } = await accounts.sessions.begin(userId);
          exchange.json(200, answer, { "Set-Cookie": cookie });
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/shares/picture/{id}.png",
      summary: "The picture that a link's owner chose for its preview",
      tag: "Sharing",
      access: "public",
      sample: ({ picture = "" }) => ({ params: { id: picture } }),
      handler({ exchange, params: { id = "" } }) {
        const bytes = shares.titleOf(id) === undefined ? undefined : pictureBytes(folder, id);
        if (!bytes) throw new HttpError(404, "not_found", "There is no such picture.");
        exchange.reply(
          200,
          {
            "Content-Type": "image/png",
            "Cache-Control": "public, max-age=300",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
          },
          bytes,
        );
      },
    }),
  ];
}

/** What the page of share links says to programs that preview it. They never see the token, so that the owner chose what is told. */
export function previewTags(to: RouteDependencies, exchange: Exchange): string {
  const picture = new URLSearchParams(exchange.query).get("p") ?? "";
  const title = to.shares.titleOf(picture);
  const origin = `${to.scheme}://${exchange.header("host")}`;
  const tags: [string, string][] = [
    ["og:site_name", "Eyepiece"],
    ["og:type", "website"],
    ["og:title", title || "Shared with you in Eyepiece"],
    ["og:description", "Opens in the browser; nothing is installed."],
  ];
  if (title !== undefined) tags.push(["og:image", `${origin}/api/shares/picture/${picture}.png`]);
  return tags.map(([name, value]) => `<meta property="${name}" content="${escapeHtml(value)}">`).join("\n");
}
