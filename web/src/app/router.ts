/** Addresses and pages. Only pages that exist have a route. */
import { type ReadonlySignal, signal } from "@preact/signals-core";

export type Route =
  | { readonly page: "home" }
  | { readonly page: "view"; readonly session: string }
  | { readonly page: "notebook"; readonly notebook: string }
  | { readonly page: "project"; readonly project: string }
  | { readonly page: "search"; readonly query: string }
  | { readonly page: "settings" | "account" | "admin" }
  /** `model`: who to begin a conversation with; empty for the last one. */
  | { readonly page: "chat"; readonly model: string }
  /** Training: the jobs, one of them, the form of a new one. */
  | { readonly page: "models"; readonly filter: string }
  | { readonly page: "job"; readonly job: string }
  /** `file` and `model`: what is chosen at first; empty for the newest. */
  | { readonly page: "new-job"; readonly file: string; readonly model: string }
  | { readonly page: "data" }
  /** Runs of nanochat, and one of them; `stage` is empty for the one that is up. */
  | { readonly page: "nanochat" }
  /** `model`: which is chosen at first. */
  | { readonly page: "evaluate"; readonly model: string }
  | { readonly page: "nanochat-run"; readonly run: string; readonly stage: string }
  /** Flows: the catalogue, a form (`fill`: a query with values), a run, all runs. */
  | { readonly page: "flows"; readonly words: string; readonly tag: string }
  | { readonly page: "flow-form"; readonly uid: string; readonly fill: string }
  | { readonly page: "flow-run"; readonly run: string }
  | { readonly page: "timeline"; readonly words: string; readonly status: string }
  | { readonly page: "flows-dashboard" | "flows-schedules" | "flows-admin" }
  /** A share link, whose token is in the address's fragment. */
  | { readonly page: "shared" }
  | { readonly page: "missing"; readonly path: string };

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const PLAIN = ["settings", "account", "admin"] as const;
const FLOWS_PARTS = ["dashboard", "schedules", "admin"] as const;

/** What an address's path, and what is behind its `?`, show. */
export function parseRoute(path: string, search = ""): Route {
  const parts = path.split("/").filter((part) => part !== "");
  const [first = "", second] = parts;
  if (parts.length === 0) return { page: "home" };
  if (parts.length === 1) {
    // Who is signed in already has nothing to do on the pages for that.
    if (["login", "register"].includes(first)) return { page: "home" };
    if (first === "s") return { page: "shared" };
    if (first === "search") return { page: "search", query: new URLSearchParams(search).get("q") ?? "" };
    if (first === "models") return { page: "models", filter: new URLSearchParams(search).get("show") ?? "" };
    if (first === "chat") return { page: "chat", model: new URLSearchParams(search).get("model") ?? "" };
    if (first === "data") return { page: first };
    if (first === "evaluate")
      return { page: "evaluate", model: new URLSearchParams(search).get("model") ?? "" };
    if (first === "flows" || first === "timeline") return flowsRoute(first, new URLSearchParams(search));
    const plain = PLAIN.find((page) => page === first);
    if (plain) return { page: plain };
  }
  if (first === "models" && second === "nanochat") {
    const run = parts[2] ?? "";
    if (parts.length === 2) return { page: "nanochat" };
    if (parts.length === 3 && ID.test(run))
      return { page: "nanochat-run", run, stage: new URLSearchParams(search).get("stage") ?? "" };
  } else if (first === "flows" && parts.length === 3) {
    const id = parts[2] ?? "";
    if (second === "form" && ID.test(id))
      return { page: "flow-form", uid: id, fill: search.replace(/^\?/, "") };
    if (second === "runs" && ID.test(id)) return { page: "flow-run", run: id };
  } else if (first === "flows" && parts.length === 2) {
    const part = FLOWS_PARTS.find((one) => one === second);
    if (part) return { page: `flows-${part}` };
  } else if (parts.length === 2 && second !== undefined && ID.test(second)) {
    if (first === "view") return { page: "view", session: second };
    if (first === "notebook") return { page: "notebook", notebook: second };
    if (first === "project") return { page: "project", project: second };
    if (first === "models")
      return second === "new" ? newJobRoute(new URLSearchParams(search)) : { page: "job", job: second };
  }
  return { page: "missing", path };
}

/** The path of a route, with what is behind the `?` of a search. */
export function pathOf(route: Route): string {
  switch (route.page) {
    case "home":
      return "/";
    case "view":
      return `/view/${route.session}`;
    case "notebook":
      return `/notebook/${route.notebook}`;
    case "project":
      return `/project/${route.project}`;
    case "search":
      return route.query === "" ? "/search" : `/search?q=${encodeURIComponent(route.query)}`;
    case "chat":
      return route.model === "" ? "/chat" : `/chat?model=${encodeURIComponent(route.model)}`;
    case "models":
      return route.filter === "" ? "/models" : `/models?show=${encodeURIComponent(route.filter)}`;
    case "job":
      return `/models/${route.job}`;
    case "new-job":
      return withQuery("/models/new", { file: route.file, model: route.model });
    case "evaluate":
      return withQuery("/evaluate", { model: route.model });
    case "nanochat":
      return "/models/nanochat";
    case "nanochat-run":
      return `/models/nanochat/${route.run}${route.stage === "" ? "" : `?stage=${encodeURIComponent(route.stage)}`}`;
    case "flows":
      return withQuery("/flows", { q: route.words, tag: route.tag });
    case "timeline":
      return withQuery("/timeline", { q: route.words, status: route.status });
    case "flow-form":
      return `/flows/form/${route.uid}${route.fill === "" ? "" : `?${route.fill}`}`;
    case "flow-run":
      return `/flows/runs/${route.run}`;
    case "flows-dashboard":
    case "flows-schedules":
    case "flows-admin":
      return route.page.replace("flows-", "/flows/");
    case "shared":
      return "/s";
    case "missing":
      return route.path;
    default:
      return `/${route.page}`;
  }
}

function newJobRoute(query: URLSearchParams): Route {
  return { page: "new-job", file: query.get("file") ?? "", model: query.get("model") ?? "" };
}

function flowsRoute(page: "flows" | "timeline", query: URLSearchParams): Route {
  const words = query.get("q") ?? "";
  return page === "flows"
    ? { page, words, tag: query.get("tag") ?? "" }
    : { page, words, status: query.get("status") ?? "" };
}

/** A path with what is not empty behind its `?`. */
function withQuery(path: string, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
  return query.size === 0 ? path : `${path}?${query}`;
}

const LAST_SESSION = "eyepiece.session";
const LAST_NOTEBOOK = "eyepiece.notebook";

/** Follows the address bar and changes it. */
export class Router {
  readonly #route = signal<Route>(parseRoute(location.pathname, location.search));
  readonly route: ReadonlySignal<Route> = this.#route;
  readonly #title = signal("");
  /** What the page calls itself; empty for the route's own name. */
  readonly title: ReadonlySignal<string> = this.#title;

  constructor() {
    this.#show(this.#route.value);
    window.addEventListener("popstate", () => this.#show(parseRoute(location.pathname, location.search)));
    window.addEventListener("click", (event) => this.#click(event));
  }

  /** Goes to a page. `replace`: going back does not return to this one. `hash`: a place on it. */
  go(route: Route, options: { readonly replace?: boolean; readonly hash?: string } = {}): void {
    const path = pathOf(route);
    // How the page draws is chosen for as long as it is open.
    const compositor = new URLSearchParams(location.search).get("compositor");
    const kept = compositor === null ? "" : `${path.includes("?") ? "&" : "?"}compositor=${compositor}`;
    const address = path + kept + (options.hash ?? "");
    if (options.replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.#show(route);
  }

  /** Goes where a path of this app leads. */
  goTo(path: string, options: { readonly replace?: boolean } = {}): void {
    const url = new URL(path, location.href);
    this.go(parseRoute(url.pathname, url.search), { ...options, hash: url.hash });
  }

  /** The session that was shown last on this browser. */
  get lastSession(): string | undefined {
    return localStorage.getItem(LAST_SESSION) ?? undefined;
  }

  /** The notebook that was shown last on this browser. */
  get lastNotebook(): string | undefined {
    return localStorage.getItem(LAST_NOTEBOOK) ?? undefined;
  }

  #show(route: Route): void {
    this.#route.value = route;
    if (route.page === "view") localStorage.setItem(LAST_SESSION, route.session);
    if (route.page === "notebook") localStorage.setItem(LAST_NOTEBOOK, route.notebook);
  }

  /** The page names what it shows. */
  setTitle(title: string): void {
    this.#title.value = title;
    document.title = title === "" ? "Eyepiece" : `${title} · Eyepiece`;
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!anchor || anchor.origin !== location.origin || anchor.target !== "" || anchor.download !== "")
      return;
    const route = parseRoute(anchor.pathname, anchor.search);
    // The API's own page and files are not the app's.
    if (route.page === "missing") return;
    event.preventDefault();
    this.go(route, { hash: anchor.hash });
  }
}
