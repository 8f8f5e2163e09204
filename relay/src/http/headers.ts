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
    `frame-src ${frames.length > 0 ? frames.join(" ") : "'none'"}`,
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
