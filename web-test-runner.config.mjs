/** Component tests in a real Chromium. Each test file is bundled as the app is, so that imports mean the same. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { build } from "esbuild";
import { browserArguments, browserEnvironment, browserPath } from "./scripts/chromium.mjs";

const root = dirname(fileURLToPath(import.meta.url));

/** Vite's ?raw, ?inline and ?url imports, for esbuild. */
const viteQueries = {
  name: "vite-queries",
  setup(builder) {
    builder.onResolve({ filter: /\?(raw|inline|url)$/ }, async (args) => {
      const [path, query] = args.path.split("?");
      const found = await builder.resolve(path, { resolveDir: args.resolveDir, kind: args.kind });
      return { path: found.path, namespace: `vite-${query}` };
    });
    const load = (loader) => async (args) => {
      const { readFile } = await import("node:fs/promises");
      return { contents: await readFile(args.path), loader };
    };
    for (const namespace of ["vite-raw", "vite-inline"])
      builder.onLoad({ filter: /.*/, namespace }, load("text"));
    builder.onLoad({ filter: /.*/, namespace: "vite-url" }, load("dataurl"));
  },
};

/** Serves a test, and a worker that it starts, as one bundle. */
const bundle = {
  name: "bundle",
  async serve(context) {
    if (!/\.(browser\.test|worker)\.ts$/.test(context.path)) return undefined;
    const result = await build({
      entryPoints: [join(root, context.path)],
      bundle: true,
      format: "esm",
      write: false,
      sourcemap: "inline",
      target: "es2023",
      define: { "import.meta.env": '{"PROD":false}' },
      plugins: [viteQueries],
    });
    return { body: result.outputFiles[0].text, type: "js" };
  },
};

export default {
  rootDir: root,
  files: "web/src/**/*.browser.test.ts",
  plugins: [bundle],
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 30_000 } },
  browsers: [
    playwrightLauncher({
      launchOptions: {
        executablePath: await browserPath(),
        args: browserArguments,
        env: await browserEnvironment(),
      },
    }),
  ],
};
