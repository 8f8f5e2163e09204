/**
 * Builds and serves web/. The relay serves what this writes to web/dist; nothing in it may need an inline script or
 * another host.
 */
import { build, defineConfig, type Plugin } from "vite";

const relay = process.env.EYEPIECE_RELAY ?? "http://127.0.0.1:7070";

/** Writes the names of all built files into the service worker, so that the app opens without a network. */
function precache(): Plugin {
  return {
    name: "eyepiece:precache",
    enforce: "post",
    generateBundle(_options, bundle) {
      // Fonts come in three formats, of which browsers that run this app take the first.
      const needless = /\.(map|ttf|woff)$/;
      // Frames show what a kernel has: without a network they are of no use.
      const files = Object.keys(bundle).filter(
        (name) => name !== "sw.js" && !name.startsWith("frames/") && !needless.test(name),
      );
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") throw new Error("the build has no sw.js");
      worker.code = worker.code.replace(
        /["'`]__EYEPIECE_PRECACHE__["'`]/,
        JSON.stringify(JSON.stringify(files)),
      );
    },
  };
}

/**
 * Builds the script of the frames that show widgets: one classic script with all that it needs, since a frame of an opaque origin
 * can load neither modules nor fonts of the app.
 */
function widgetFrame(): Plugin {
  return {
    name: "eyepiece:widget-frame",
    apply: "build",
    async generateBundle() {
      const built = await build({
        configFile: false,
        root: "web",
        publicDir: false,
        logLevel: "warn",
        build: {
          write: false,
          target: "es2023",
          assetsInlineLimit: (file) => /\.(?:woff2|svg|png)$/.test(file),
          modulePreload: false,
          rolldownOptions: {
            input: "web/src/notebook/widgets/frame/main.ts",
            output: { format: "iife", entryFileNames: "widgets.js" },
          },
        },
      });
      for (const output of [built].flat().flatMap((one) => ("output" in one ? one.output : [])))
        if (output.type === "chunk")
          this.emitFile({ type: "asset", fileName: "frames/widgets.js", source: output.code });
    },
  };
}

export default defineConfig({
  root: "web",
  publicDir: "../public",
  cacheDir: "../node_modules/.cache/vite",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // A data: address would need connect-src data: in the content security policy.
    assetsInlineLimit: 0,
    sourcemap: true,
    modulePreload: { polyfill: false },
    // The shell and the viewer in one bundle, the notebook and charts in others; all are kept by the service worker.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: "web/index.html", sw: "web/src/sw/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
  plugins: [widgetFrame(), precache()],
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": relay,
      "/healthz": relay,
      "/link": { target: relay, ws: true },
    },
  },
});
