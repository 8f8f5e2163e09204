/** What the relay's routes stand on. */
import type { DatabaseSync } from "node:sqlite";
import type { Access } from "../access/access.ts";
import type { RunShares } from "../access/run-shares.ts";
import type { Shares } from "../access/shares.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Deletion } from "../accounts/deletion.ts";
import type { HeldBy } from "../accounts/ended.ts";
import type { Notebooks } from "../notebooks/notebooks.ts";
import type { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import type { ContentOrigin } from "../tunnel/content.ts";
import type { Headers } from "./exchange.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { StaticFiles } from "./static.ts";

/** Made once, when the relay knows its port. */
export interface RouteDependencies {
  readonly database: DatabaseSync;
  /** The relay's own folder, `<home>/relay`. */
  readonly folder: string;
  readonly notebooks: Notebooks;
  /** Folder of notebooks that come with Eyepiece. */
  readonly notebooksFolder: string;
  readonly accounts: Accounts;
  readonly access: Access;
  readonly shares: Shares;
  readonly runShares: RunShares;
  /** Subjects that keep files of people add to its `onDelete`. */
  readonly deletion: Deletion;
  readonly switchboard: Switchboard;
  readonly files: StaticFiles;
  /** Undefined where there is none: services' answers are then boxed in on the app's own origin. */
  readonly content: ContentOrigin | undefined;
  readonly version: string;
  readonly scheme: "http" | "https";
  readonly appHeaders: Headers;
  /** Slows guesses of secrets. */
  readonly limit: RateLimit;
  originAllowed(origin: string, host: string): boolean;
  /** Remembers by which sign-in a channel of the relay's own is open. */
  belongs(peer: Peer, held: HeldBy): void;
}
