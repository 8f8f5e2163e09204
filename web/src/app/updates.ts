/** The app's newer versions: the service worker fetches them and waits; the person says when they begin. */
import { createContext } from "@lit/context";
import { type ReadonlySignal, signal } from "@preact/signals-core";

const LOOK_EVERY_MS = 3_600_000;

/** See the file's comment. */
export class Updates {
  readonly #ready = signal(false);
  /** A newer version is here, whole, and waits. */
  readonly ready: ReadonlySignal<boolean> = this.#ready;
  #waiting: ServiceWorker | undefined;

  /** Keeps the app for use without a network, and looks for newer ones now and then. */
  async begin(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    try {
      const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
      this.#watch(registration);
      const look = (): void => {
        // Without a network there is nothing new; the next time is soon enough.
        if (navigator.onLine) registration.update().catch(() => {});
      };
      setInterval(look, LOOK_EVERY_MS);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") look();
      });
    } catch (cause) {
      console.info("The app is not kept for use without a network:", cause);
    }
  }

  /** Begins the newer version: the page is loaded again. What is typed is kept by its own page at once. */
  apply(): void {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    this.#waiting?.postMessage("begin");
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const found = (worker: ServiceWorker | null): void => {
      // The first worker of a browser has nothing to wait for.
      if (!worker || !navigator.serviceWorker.controller) return;
      this.#waiting = worker;
      this.#ready.value = true;
    };
    found(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed") found(worker);
      });
    });
  }
}

export const updatesContext = createContext<Updates>(Symbol("updates"));
