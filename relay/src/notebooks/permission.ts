/** What a caller of a notebook's routes may do; what they may not see is not there. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import type { Access, Thing } from "../access/access.ts";
import type { Person } from "../accounts/accounts.ts";
import { HttpError } from "../http/exchange.ts";

/** The rights on a thing. @throws HttpError 404 without `view`, 403 without `right` */
export function need(access: Access, person: Person, thing: Thing, right: Right): readonly Right[] {
  const rights = access.rightsOn(person, thing);
  if (!rights.includes("view")) throw notThere(thing);
  if (!rights.includes(right)) {
    throw new HttpError(
      403,
      "forbidden",
      `This ${thing.kind} is shared with you without the right "${right}".`,
    );
  }
  return rights;
}

/** For what only its owner does. @throws HttpError 404, 403 */
export function needOwner(access: Access, person: Person, thing: Thing): void {
  need(access, person, thing, "edit");
  if (access.ownerOf(thing) !== person.id) {
    throw new HttpError(403, "forbidden", `Only the owner of this ${thing.kind} can do this.`);
  }
}

function notThere({ kind }: Thing): HttpError {
  return new HttpError(404, "not_found", `There is no such ${kind}.`);
}
