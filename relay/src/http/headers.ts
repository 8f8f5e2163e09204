/** Headers that keep what is not ours out of the app's pages. */
import type { Headers } from "./exchange.ts";

/** Headers of the app's pages and files. `frames`: sources that a page may show in frames. */
export function appHeaders(frames: readonly string[]): Headers {
  const policy = [
    "default-src 'none'",
    // WebAssembly of decoders needs leave to compile.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Lit and Web Awesome set style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss: blob: data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    // 'self' is for FRAMES, whose pages are boxed in by frameHeaders.
    `frame-src ${["'self'", ...frames].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");
  return {
    "Content-Security-Policy": policy,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/** Folder of the app whose pages show what people made. */
export const FRAMES = "/frames/";

/**
 * Headers of the pages in {@link FRAMES}. The sandbox gives each an origin of its own: whatever runs there has no cookie, no storage
 * and no way to the app's page, and what it asks of the relay comes from a stranger.
 */
export function frameHeaders(app: Headers): Headers {
  const policy = [
    "sandbox allow-scripts allow-popups allow-downloads",
    "default-src https: data: blob: 'unsafe-inline' 'unsafe-eval'",
    // 'self' is the relay, for the script of the frames that show widgets.
    "script-src 'self' https: data: blob: 'unsafe-inline' 'unsafe-eval'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // To a page of an opaque origin the relay's own script is one of another origin.
  return { ...app, "Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin" };
}
