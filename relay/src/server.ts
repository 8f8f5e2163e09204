/** A relay: accounts, switch and HTTP on one port. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Access } from "./access/access.ts";
import { channelRule } from "./access/channels.ts";
import { nodeBelongings } from "./access/node-belongings.ts";
import { sessionsOfAccounts } from "./access/node-sessions.ts";
import { picturesOfAccounts } from "./access/pictures.ts";
import { RunShares } from "./access/run-shares.ts";
import { Shares } from "./access/shares.ts";
import { Accounts, type TokenKind } from "./accounts/accounts.ts";
import { Deletion } from "./accounts/deletion.ts";
import { applyFirstOwner, type FirstOwner } from "./accounts/first-owner.ts";
import { openDatabase } from "./accounts/store.ts";
import { Exchange, HttpError } from "./http/exchange.ts";
import { appHeaders } from "./http/headers.ts";
import { RateLimit } from "./http/rate-limit.ts";
import type { RouteSpec } from "./http/router.ts";
import { type Routing, route, routing, socketTarget } from "./http/routes.ts";
import { StaticFiles } from "./http/static.ts";
import { addLinks } from "./links.ts";
import { notebooksOfAccounts } from "./notebooks/deletion.ts";
import { Notebooks } from "./notebooks/notebooks.ts";
import { addSync } from "./notebooks/sync-socket.ts";
import { Registry } from "./switch/registry.ts";
import { Switchboard } from "./switch/switchboard.ts";
import { certificateFor } from "./tls.ts";
import { ContentOrigin } from "./tunnel/content.ts";
import { addSockets } from "./tunnel/sockets.ts";
import { type HttpRequest, type HttpResponse, loadUws } from "./uws/load.ts";

/** Settings of a relay; see README.md for their command-line names. */
export interface RelayOptions {
  readonly host?: string;
  /** 0: any free one. */
  readonly port?: number;
  /** Eyepiece's folder; the relay keeps its data in `relay` within it. */
  readonly home: string;
  /** Folder of the built app. */
  readonly staticFolder: string;
  readonly tls?: "self-signed" | { readonly cert: string; readonly key: string };
  /** Further origins whose pages may connect. */
  readonly allowedOrigins?: readonly string[];
  /** Origin for what people and services made; on loopback `http://<random>.localhost:PORT` is used without it. */
  readonly contentOrigin?: string;
  /** Address and password of the first owner; without it a one-time link enters. */
  readonly firstOwner?: FirstOwner;
  /** Folder of notebooks to offer; `notebooks` of the installation without it. */
  readonly notebooksFolder?: string;
  readonly log?: (line: string) => void;
}

/** A relay that runs. */
export interface Relay {
  readonly url: string;
  readonly port: number;
  /** SHA-256 of the certificate, as nodes pin it; undefined without TLS. */
  readonly fingerprint: string | undefined;
  /** A new address that signs the owner in, once, within 15 minutes. */
  ownerLink(): string;
  createToken(token: { kind: TokenKind; name: string }): string;
  /** The table of its routes: what the page of the API is made from, and the test that tries each as somebody else. */
  routes(): readonly RouteSpec[];
  /** Ends all links and frees the port. */
  close(): Promise<void>;
}

/** How often the database is asked whether another process wrote to it. */
const LOOK_EVERY_MS = 1000;

/** The tutorials. */
const SHIPPED_NOTEBOOKS = fileURLToPath(new URL("../../notebooks", import.meta.url));

/** The version of this program, from its package. */
export const VERSION: string = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
).version;

/**
 * Starts a relay.
 * @throws Error with one sentence for people when the port is taken or the certificate cannot be read.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const host = options.host ?? "127.0.0.1";
  const log = options.log ?? (() => {});
  const folder = join(options.home, "relay");
  const uws = loadUws();
  const certificate = options.tls ? await certificateFor(options.tls, folder, host) : undefined;
  const database = openDatabase(folder);
  const accounts = new Accounts(database, certificate !== undefined);
  await accounts.sessions.sweep();
  if (options.firstOwner) {
    const said = await applyFirstOwner(accounts, options.firstOwner).catch((cause: unknown) => {
      database.close();
      throw cause;
    });
    if (said) log(said);
  }
  const access = new Access(database);
  const deletion = new Deletion(database, accounts);
  const registry = new Registry(accounts.knownNodes());
  const switchboard = new Switchboard(registry, VERSION, channelRule(access), {
    onNode(name, online) {
      accounts.sawNode(name);
      log(`Node ${name} is ${online ? "online" : "offline"}.`);
    },
  });
  const files = new StaticFiles(options.staticFolder);
  const app = certificate
    ? uws.SSLApp({ cert_file_name: certificate.cert, key_file_name: certificate.key })
    : uws.App();
  const scheme = certificate ? "https" : "http";
  // The port is known only when the relay listens, and pages' addresses hold it.
  let port = options.port ?? 7070;
  const originAllowed = (origin: string, hostHeader: string): boolean =>
    origin === `${scheme}://${hostHeader}` || (options.allowedOrigins?.includes(origin) ?? false);
  const heldLinks = addLinks(uws, app, { accounts, switchboard, originAllowed, log });
  accounts.onEnded((isOver) => {
    switchboard.revoke((peer) => {
      const held = heldLinks.get(peer);
      return held !== undefined && isOver(held);
    }, "signed out");
  });
  const shares = new Shares(database, access);
  const runShares = new RunShares(accounts, access, switchboard);
  const notebooks = new Notebooks(database, folder, log);
  addSync(uws, app, { accounts, access, rooms: notebooks.rooms, originAllowed, log });
  deletion.onDelete.push(
    notebooksOfAccounts(notebooks),
    sessionsOfAccounts(switchboard, accounts.people),
    nodeBelongings(switchboard, accounts.people),
    picturesOfAccounts(folder, shares),
  );
  // Whoever is disabled can give nothing any more, and guests of whoever is gone have nothing.
  accounts.onEnded(() => {
    access.forgetGivers();
    access.forgetGuests();
  });
  access.onRevoked((userId) => switchboard.recheck(userId));
  const neighbours = watchChanges(database, () => {
    accounts.lookAgain();
    access.expire();
    access.forgetGivers();
  });
  let table: Routing | undefined;
  const answering = (): Routing => {
    if (table) return table;
    // A certificate covers no random names below localhost.
    const local = isLoopback(host) && !certificate ? `http://*.localhost:${port}` : undefined;
    const pattern = options.contentOrigin ?? local;
    const content = pattern === undefined ? undefined : new ContentOrigin(pattern);
    table = routing({
      database,
      folder,
      notebooks,
      notebooksFolder: options.notebooksFolder ?? SHIPPED_NOTEBOOKS,
      accounts,
      access,
      shares,
      runShares,
      deletion,
      switchboard,
      files,
      content,
      version: VERSION,
      scheme,
      appHeaders: appHeaders(content ? [content.source] : []),
      limit: new RateLimit(),
      originAllowed,
      belongs: (peer, held) => heldLinks.set(peer, held),
    });
    if (content) accounts.onEnded((isOver) => content.revoke(isOver));
    return table;
  };
  const toError = (cause: unknown): HttpError => {
    if (cause instanceof HttpError) return cause;
    log(`A request failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
    return new HttpError(500, "internal", "The relay failed; its log says more.");
  };
  addSockets(uws, app, switchboard, scheme, (request) => socketTarget(request, answering().to), toError);
  app.any("/*", (res: HttpResponse, req: HttpRequest) => {
    const exchange = new Exchange(res, req);
    const failed = (cause: unknown) => exchange.fail(toError(cause));
    try {
      route(exchange, answering())?.catch(failed);
    } catch (cause) {
      failed(cause);
    }
  });

  /** Ends what would go on by itself. */
  const letGo = () => {
    clearInterval(neighbours);
    access.close();
    notebooks.stop();
  };

  const wanted = port;
  port = await new Promise<number>((resolve, reject) => {
    // The port is ours alone: without this a second relay would silently share it.
    const exclusive = 1;
    const listening = (socket: unknown) => {
      if (socket) resolve(uws.us_socket_local_port(socket as never));
      else
        reject(new Error(`Port ${wanted} on ${host} is taken or not allowed: choose another with --port.`));
    };
    // The library takes the flags beside a host too; its types do not say so.
    const typed = app as unknown as {
      listen(host: string, port: number, flags: number, then: (socket: unknown) => void): void;
    };
    typed.listen(host, wanted, exclusive, listening);
  }).catch((cause: unknown) => {
    letGo();
    database.close();
    throw cause;
  });
  const url = `${scheme}://${addressable(host)}:${port}`;
  let closing: Promise<void> | undefined;
  // Only now: what does not get to listen leaves the data alone.
  notebooks.tidy().catch((cause: unknown) => {
    if (!closing) log(`Outputs could not be tidied: ${String(cause)}`);
  });
  return {
    url,
    port,
    fingerprint: certificate?.fingerprint,
    ownerLink: () => `${url}/#owner=${accounts.ownerLink()}`,
    routes: () => answering().router.specs,
    createToken: ({ kind, name }) => accounts.createToken(kind, name),
    close: () => {
      closing ??= (async () => {
        letGo();
        switchboard.close();
        app.close();
        // Sockets that close answer in the next turn, and may still write who was seen.
        await new Promise((resolve) => setImmediate(resolve));
        database.close();
      })();
      return closing;
    },
  };
}

/** Calls `changed` when another process wrote to the database: the command line works beside a running relay. */
function watchChanges(database: DatabaseSync, changed: () => void): NodeJS.Timeout {
  const versionOf = database.prepare("PRAGMA data_version");
  let version = versionOf.get()?.data_version;
  return setInterval(() => {
    const now = versionOf.get()?.data_version;
    if (now === version) return;
    version = now;
    changed();
  }, LOOK_EVERY_MS).unref();
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** The host as it stands in an address; all interfaces are reached by this machine's own. */
function addressable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
