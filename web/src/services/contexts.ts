/** The contexts through which elements get the shared services. */
import { createContext } from "@lit/context";
import type { LinkService } from "./link.ts";
import type { NodeService } from "./node.ts";
import type { Notices } from "./notices.ts";
import type { PersonService } from "./person.ts";
import type { Preferences } from "./preferences.ts";
import type { SessionService } from "./session.ts";

export const personContext = createContext<PersonService>(Symbol("person"));
export const linkContext = createContext<LinkService>(Symbol("link"));
export const nodeContext = createContext<NodeService>(Symbol("node"));
export const noticesContext = createContext<Notices>(Symbol("notices"));
export const preferencesContext = createContext<Preferences>(Symbol("preferences"));
/** Only inside a viewer page. */
export const sessionContext = createContext<SessionService>(Symbol("session"));
