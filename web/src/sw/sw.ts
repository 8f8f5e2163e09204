/**
 * The service worker: keeps the built app so that it opens without a network, and nothing else. What changes (the API,
 * sockets, the node's data) always goes to the network.
 */
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

// The build puts the list of its files here, so that each build is another worker.
const PRECACHE = "__EYEPIECE_PRECACHE__";
const files: readonly string[] = PRECACHE.startsWith("[") ? (JSON.parse(PRECACHE) as string[]) : [];

async function cacheName(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(PRECACHE));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `eyepiece-${hex.slice(0, 16)}`;
}

async function install(): Promise<void> {
  const cache = await caches.open(await cacheName());
  const addresses = files.filter((file) => file !== "index.html").map((file) => `/${file}`);
  await cache.addAll([...addresses, "/", "/manifest.webmanifest", "/icons/icon.svg"]);
}

async function activate(): Promise<void> {
  const keep = await cacheName();
  for (const name of await caches.keys()) {
    if (name.startsWith("eyepiece-") && name !== keep) await caches.delete(name);
  }
  await self.clients.claim();
}

/** Pages: the newest from the network, the kept one without it. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    const kept = await caches.match("/");
    if (kept) return kept;
    throw cause;
  }
}

/** Files with a hash in their name never change. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? (await fetch(request));
}

// A newer version waits until the person begins it: pages that are open go on with the files that they know.
self.addEventListener("message", (event) => {
  if (event.data === "begin") event.waitUntil(self.skipWaiting());
});
self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const serverOnly = ["/api/", "/nodes/", "/v1/", "/monitor/", "/samples/"].some((prefix) =>
    url.pathname.startsWith(prefix),
  );
  if (serverOnly || url.pathname === "/healthz") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

export {};
