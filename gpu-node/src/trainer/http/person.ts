/** Who calls: a person, or a program in a person's name. */
import { allowed, SERVICE_RIGHTS } from "@eyepiece/protocol/rights.ts";
import { ApiError } from "./api-error.ts";

/** A caller whose identity the relay has vouched for. */
export interface Person {
  readonly id: string;
  /** For people to read. */
  readonly name: string;
  readonly role: string;
  readonly rights: readonly string[];
}

/** The person of the headers that the node's end of the tunnel writes. */
export function personOfHeaders(headers: Headers): Person {
  const text = (name: string): string => headers.get(name) ?? "";
  return {
    id: text("x-eyepiece-user"),
    name: decodeURIComponent(text("x-eyepiece-user-name")),
    role: text("x-eyepiece-role"),
    rights: text("x-eyepiece-rights").split(",").filter(Boolean),
  };
}

/** @throws ApiError 403 for guests, and for tokens without the right `run` */
export function mayTrain(person: Person): void {
  if (person.id !== "" && allowed(SERVICE_RIGHTS, "http", person)) return;
  const why =
    person.role === "guest"
      ? "Guests of a share link cannot train or use models: sign in with an account."
      : 'This key was made without the right "run": make one that has it in the settings.';
  throw new ApiError(403, "permission_error", why, null, "forbidden");
}
