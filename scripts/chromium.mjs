/**
 * The browser of the tests: the packed Chromium of @sparticuz/chromium, unpacked once beside the other caches, with its
 * SwiftShader files at its side so that WebGPU works on machines without a GPU.
 */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Arguments with which it runs headless, with WebGPU on software, and without calling anyone. */
export const browserArguments = [
  ...["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
  ...["--enable-features=Vulkan,WebGPU", "--ignore-gpu-blocklist"],
  // Without these two a WebGPU canvas loses its device as soon as it is shown.
  ...["--use-vulkan=swiftshader", "--use-angle=swiftshader"],
  ...["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
  ...["--disable-sync", "--autoplay-policy=no-user-gesture-required"],
];

/** Arguments with which it runs headless as on a machine without a GPU: it draws pages itself and has no WebGPU. */
export const plainArguments = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The path of the browser's program; unpacks it at the first call (some seconds).
 * @returns {Promise<string>}
 */
export async function browserPath() {
  const packed = join(dirname(require.resolve("@sparticuz/chromium")), "../..");
  const { version } = JSON.parse(await readFile(join(packed, "package.json"), "utf8"));
  const folder = join(root, "node_modules/.cache/eyepiece", `chromium-${version}`);
  const program = join(folder, "chromium");
  if (await exists(program)) return program;
  const { extract } = createRequire(join(packed, "package.json"))("tar-fs");
  const making = `${folder}.${randomUUID()}`;
  await mkdir(making, { recursive: true });
  try {
    const bin = join(packed, "bin");
    const unpack = (name, target) =>
      pipeline(createReadStream(join(bin, name)), createBrotliDecompress(), target);
    await Promise.all([
      unpack("chromium.br", createWriteStream(join(making, "chromium"))),
      unpack("swiftshader.tar.br", extract(making)),
      unpack("fonts.tar.br", extract(making)),
    ]);
    await chmod(join(making, "chromium"), 0o755);
    // Another process may have been first: its folder is the same, so losing the race is success.
    await rename(making, folder).catch(async (error) => {
      if (!(await exists(program))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return program;
}

/** The environment for it: the fonts that come with it, for machines that have none. */
export async function browserEnvironment() {
  const folder = dirname(await browserPath());
  return { ...process.env, FONTCONFIG_PATH: join(folder, "fonts") };
}
