/** The files of the built app, read once into memory: they are few and change only with a build. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Exchange, Headers } from "./exchange.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** Vite's names for files whose content never changes. */
const HASHED = /^\/assets\/.*-[A-Za-z0-9_-]{8,}\.[a-z0-9.]+$/;
/** Files above this are left on disk: sample data belongs to nodes. */
const MAX_FILE = 32 * 1024 * 1024;

/** Addresses of the app's pages: all are index.html. */
const PAGES =
  /^\/(?:login|register|account|search|models|data|chat|evaluate|flows|timeline|settings|admin|s|(?:view|notebook|project|models)\/[^/]+|flows\/(?:dashboard|schedules|admin|(?:form|runs)\/[^/]+))?\/?$/;

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Eyepiece</title>
<h1>The app is not built yet</h1><p>Run <code>npm run build</code> in Eyepiece's folder, then load this page again.
(<code>npm start</code> does so by itself.)</p></html>`;

interface Encoded {
  readonly bytes: Buffer;
  readonly etag: string;
}
interface StaticFile {
  readonly type: string;
  readonly plain: Encoded;
  readonly br: Encoded | undefined;
  readonly gzip: Encoded | undefined;
}

/** The built app in a folder; files appear and change only by `reload`. */
export class StaticFiles {
  readonly #folder: string;
  #files = new Map<string, StaticFile>();
  #stamp = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#load();
  }

  /** Answers when the path is a file or a page of the app; whether it was. */
  serve(exchange: Exchange, headers: Headers): boolean {
    if (exchange.method !== "GET" && exchange.method !== "HEAD") return false;
    const page = PAGES.test(exchange.path);
    if (page) this.#reloadIfBuilt();
    const path = page ? "/index.html" : exchange.path;
    const file = this.#files.get(path);
    if (!file) {
      if (!page) return false;
      exchange.reply(
        503,
        { ...headers, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
        NOT_BUILT,
      );
      return true;
    }
    const accepted = exchange.header("accept-encoding");
    const encoding =
      accepts(accepted, "br") && file.br ? "br" : accepts(accepted, "gzip") && file.gzip ? "gzip" : "";
    const body = (encoding === "br" ? file.br : encoding === "gzip" ? file.gzip : file.plain) ?? file.plain;
    const all: Record<string, string | readonly string[]> = {
      ...headers,
      ETag: body.etag,
      "Cache-Control": HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      Vary: "Accept-Encoding",
    };
    const known = exchange.header("if-none-match").split(/\s*,\s*/);
    if (known.includes(body.etag)) {
      exchange.reply(304, all);
      return true;
    }
    all["Content-Type"] = file.type;
    if (encoding) all["Content-Encoding"] = encoding;
    exchange.reply(200, all, body.bytes);
    return true;
  }

  /** Answers with the app's page, as `status`, and with further tags in its head; whether the app is built. */
  servePage(exchange: Exchange, headers: Headers, tags: string, status = 200): boolean {
    if (exchange.method !== "GET" && exchange.method !== "HEAD") return false;
    this.#reloadIfBuilt();
    const file = this.#files.get("/index.html");
    if (!file) return false;
    const page = file.plain.bytes.toString("utf8");
    const at = page.indexOf("</title>");
    const after = at < 0 ? page.length : at + "</title>".length;
    exchange.reply(
      status,
      { ...headers, "Content-Type": file.type, "Cache-Control": "no-cache" },
      `${page.slice(0, after)}\n${tags}${page.slice(after)}`,
    );
    return true;
  }

  /** A build while the relay runs is picked up by the next page. */
  #reloadIfBuilt(): void {
    const index = join(this.#folder, "index.html");
    if (!existsSync(index)) return;
    if (statSync(index).mtimeMs !== this.#stamp) this.#load();
  }

  #load(): void {
    const files = new Map<string, StaticFile>();
    const index = join(this.#folder, "index.html");
    if (existsSync(index)) {
      this.#stamp = statSync(index).mtimeMs;
      for (const entry of readdirSync(this.#folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        // Compressed forms are found beside their files, and a compressed sample is a file of its own.
        const compressed = /\.(?:br|gz)$/.test(path) && existsSync(path.replace(/\.(?:br|gz)$/, ""));
        if (!entry.isFile() || compressed || statSync(path).size > MAX_FILE) continue;
        const name = `/${relative(this.#folder, path).split(sep).join("/")}`;
        files.set(name, {
          type: TYPES[extname(path)] ?? "application/octet-stream",
          plain: read(path, ""),
          br: existsSync(`${path}.br`) ? read(`${path}.br`, "-br") : undefined,
          gzip: existsSync(`${path}.gz`) ? read(`${path}.gz`, "-gz") : undefined,
        });
      }
    }
    this.#files = files;
  }
}

function read(path: string, suffix: string): Encoded {
  const bytes = readFileSync(path);
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  return { bytes, etag: `"${hash}${suffix}"` };
}

/** Whether an Accept-Encoding header takes an encoding; `q=0` refuses it. */
export function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((part) => {
    const [name, ...parameters] = part.trim().split(/\s*;\s*/);
    return (
      name?.toLowerCase() === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    );
  });
}
