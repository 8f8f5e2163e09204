/** Addresses and pages. Only pages that exist have a route. */
import { type ReadonlySignal, signal } from "@preact/signals-core";

export type Route =
  | { readonly page: "home" }
  | { readonly page: "view"; readonly session: string }
  | { readonly page: "notebook"; readonly notebook: string }
  | { readonly page: "settings" }
  | { readonly page: "missing"; readonly path: string };

/** What an address's path shows. */
export function parseRoute(path: string): Route {
  const parts = path.split("/").filter((part) => part !== "");
  // Who is signed in already has nothing to do on the pages for that.
  if (parts.length === 0 || (parts.length === 1 && ["login", "register"].includes(parts[0] ?? "")))
    return { page: "home" };
  if (parts.length === 1 && parts[0] === "settings") return { page: "settings" };
  const [first, second] = parts;
  if (
    parts.length === 2 &&
    first === "view" &&
    second !== undefined &&
    /^[A-Za-z0-9_-]{1,64}$/.test(second)
  ) {
    return { page: "view", session: second };
  }
  if (
    parts.length === 2 &&
    first === "notebook" &&
    second !== undefined &&
    /^[A-Za-z0-9_-]{1,64}$/.test(second)
  ) {
    return { page: "notebook", notebook: second };
  }
  return { page: "missing", path };
}

/** The path of a route. */
export function pathOf(route: Route): string {
  if (route.page === "home") return "/";
  if (route.page === "view") return `/view/${route.session}`;
  if (route.page === "notebook") return `/notebook/${route.notebook}`;
  return route.page === "settings" ? "/settings" : route.path;
}

const LAST_SESSION = "eyepiece.session";
const LAST_NOTEBOOK = "eyepiece.notebook";

/** Follows the address bar and changes it. */
export class Router {
  readonly #route = signal<Route>(parseRoute(location.pathname));
  readonly route: ReadonlySignal<Route> = this.#route;
  readonly #title = signal("");
  /** What the page calls itself; empty for the route's own name. */
  readonly title: ReadonlySignal<string> = this.#title;

  constructor() {
    this.#show(this.#route.value);
    window.addEventListener("popstate", () => this.#show(parseRoute(location.pathname)));
    window.addEventListener("click", (event) => this.#click(event));
  }

  /** Goes to a page. `replace`: going back does not return to this one. */
  go(route: Route, options: { readonly replace?: boolean } = {}): void {
    const address = pathOf(route) + location.search;
    if (options.replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.#show(route);
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
    const route = parseRoute(anchor.pathname);
    if (route.page === "missing") return;
    event.preventDefault();
    this.go(route);
  }
}
