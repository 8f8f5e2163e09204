/** What administrators do: accounts of others, invitations, settings, the audit log. They see no one else's documents. */
import * as v from "valibot";
import type { AccountRow } from "../accounts/people.ts";
import { REGISTRATIONS } from "../accounts/settings.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteSpec } from "./router.ts";
import { actorOf, understood } from "./sign-in.ts";

const Role = v.picklist(["owner", "user"]);
const SettingsBody = v.object({ registration: v.picklist(REGISTRATIONS) });
const InvitationBody = v.object({
  role: v.optional(Role, "user"),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)), ""),
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90)), 7),
});
const UserBody = v.object({ role: v.optional(Role), disabled: v.optional(v.boolean()) });
const Page = v.object({
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/, "a number up to 999"), v.transform(Number)),
    "100",
  ),
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, "an entry's id"), v.transform(Number))),
});

const TAG = "Administration";
const common = { tag: TAG, access: "owner", scope: "all" } as const;

/** The routes. */
export function adminRoutes({ accounts, deletion }: RouteDependencies): RouteSpec[] {
  const { people, audit, settings, invitations, resets } = accounts;
  const known = (id: string): AccountRow => {
    const account = people.get(id);
    if (!account || account.role === "guest")
      throw new HttpError(404, "not_found", "There is no such account.");
    return account;
  };
  return [
    defineRoute({
      ...common,
      method: "GET",
      path: "/api/admin/users",
      summary: "All accounts",
      handler({ exchange }) {
        exchange.json(200, { users: people.list().map(userJson) });
      },
    }),
    defineRoute({
      ...common,
      method: "PATCH",
      path: "/api/admin/users/{id}",
      summary: "Changes an account's role, disables or enables it",
      body: UserBody,
      sample: ({ user }) => ({ params: { id: user }, body: { disabled: false } }),
      async handler({ exchange, person, params: { id = "" }, body: { role, disabled } }) {
        const { username } = known(id);
        const actor = actorOf(exchange, person);
        if (role !== undefined) {
          await understood(() => people.setRole(id, role));
          audit.note(actor, "role", id, `${username} ${role}`);
        }
        if (disabled !== undefined) {
          await understood(() => (disabled ? people.disable(id) : people.enable(id)));
          audit.note(actor, disabled ? "disable" : "enable", id, username);
        }
        exchange.json(200, userJson(known(id)));
      },
    }),
    defineRoute({
      ...common,
      method: "POST",
      path: "/api/admin/users/{id}/reset-link",
      summary: "Makes a one-time link for a new password, to pass on by hand: the relay sends no mail",
      sample: ({ user }) => ({ params: { id: user } }),
      handler({ exchange, person, params: { id = "" } }) {
        const { username } = known(id);
        audit.note(actorOf(exchange, person), "reset-link", id, username);
        exchange.json(200, { url: `/login#reset=${resets.create(id)}` });
      },
    }),
    defineRoute({
      ...common,
      method: "GET",
      path: "/api/admin/users/{id}/delete-preview",
      summary: "What would go with an account",
      sample: ({ user }) => ({ params: { id: user } }),
      async handler({ exchange, params: { id = "" } }) {
        exchange.json(200, { losses: await deletion.preview(known(id).id) });
      },
    }),
    defineRoute({
      ...common,
      method: "DELETE",
      path: "/api/admin/users/{id}",
      summary: "Removes an account and everything that is its",
      sample: ({ user }) => ({ params: { id: user } }),
      async handler({ exchange, person, params: { id = "" } }) {
        const { username } = known(id);
        await understood(() => deletion.remove(id));
        audit.note(actorOf(exchange, person), "delete", id, username);
        exchange.json(200, { ok: true });
      },
    }),
    defineRoute({
      ...common,
      method: "GET",
      path: "/api/admin/settings",
      summary: "Settings of the whole relay",
      handler({ exchange }) {
        exchange.json(200, { registration: settings.registration });
      },
    }),
    defineRoute({
      ...common,
      method: "PUT",
      path: "/api/admin/settings",
      summary: "Says who may register",
      body: SettingsBody,
      sample: () => ({ body: { registration: "closed" } }),
      handler({ exchange, person, body }) {
        settings.registration = body.registration;
        audit.note(actorOf(exchange, person), "settings", "registration", body.registration);
        exchange.json(200, { registration: settings.registration });
      },
    }),
    defineRoute({
      ...common,
      method: "GET",
      path: "/api/admin/invitations",
      summary: "Invitations, without their links",
      handler({ exchange }) {
        const rows = invitations.list().map(({ createdAt, expiresAt, usedAt, ...rest }) => ({
          ...rest,
          created_at: createdAt,
          expires_at: expiresAt,
          used_at: usedAt ?? null,
        }));
        exchange.json(200, { invitations: rows });
      },
    }),
    defineRoute({
      ...common,
      method: "POST",
      path: "/api/admin/invitations",
      summary: "Makes a link with which one account can be made; it is shown this once",
      body: InvitationBody,
      sample: () => ({ body: {} }),
      handler({ exchange, person, body: { role, note, days } }) {
        const { id, secret } = invitations.create(person.id, role, note, days);
        audit.note(actorOf(exchange, person), "invitation", id, `${role} ${note}`.trim());
        exchange.json(200, { id, url: `/register#invitation=${secret}` });
      },
    }),
    defineRoute({
      ...common,
      method: "DELETE",
      path: "/api/admin/invitations/{id}",
      summary: "Withdraws an invitation",
      sample: ({ invitation = "" }) => ({ params: { id: invitation } }),
      handler({ exchange, person, params: { id = "" } }) {
        if (!invitations.revoke(id)) throw new HttpError(404, "not_found", "There is no such invitation.");
        audit.note(actorOf(exchange, person), "invitation-revoked", id);
        exchange.json(200, { ok: true });
      },
    }),
    defineRoute({
      ...common,
      method: "GET",
      path: "/api/admin/audit",
      summary: "The audit log, the newest first; `before` an id pages on",
      query: Page,
      handler({ exchange, query: { limit, before } }) {
        exchange.json(200, { entries: audit.list(Math.max(1, limit), before) });
      },
    }),
  ];
}

function userJson({ id, username, email, name, role, disabled, hasPassword, createdAt }: AccountRow): object {
  return {
    id,
    username,
    email: email ?? "",
    name,
    role,
    disabled,
    has_password: hasPassword,
    created_at: createdAt,
  };
}
