import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

/** The unpacked software driver. */
export interface SwiftShader {
  /** Holds libvulkan.so.1, the loader, and libvk_swiftshader.so, the driver. */
  readonly folder: string;
  /** The loader's description of the driver. */
  readonly icd: string;
}

const require = createRequire(import.meta.url);

/** The folder of an installed package. @throws when it is not installed. */
export async function packageFolder(name: string): Promise<{ folder: string; version: string }> {
  let folder = dirname(require.resolve(name));
  for (;;) {
    const file = join(folder, "package.json");
    const manifest: { name?: string; version?: string } = await readFile(file, "utf8").then(
      (text) => JSON.parse(text),
      () => ({}),
    );
    if (manifest.name === name) return { folder, version: manifest.version ?? "0" };
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`The package ${name} has no package.json above ${folder}.`);
    folder = parent;
  }
}

/**
 * Unpacks the packed SwiftShader under `cache`, once; later calls find it.
 * @param cache a folder that this user may write
 * @throws when the package is missing or the folder cannot be written
 */
export async function unpackSwiftShader(cache: string): Promise<SwiftShader> {
  const { folder: chromium, version } = await packageFolder("@sparticuz/chromium");
  const folder = join(cache, `swiftshader-${version}`);
  const found = { folder, icd: join(folder, "vk_swiftshader_icd.json") };
  if (await exists(found.icd)) return found;
  await mkdir(cache, { recursive: true });
  const making = join(cache, `.unpacking-${randomUUID()}`);
  try {
    await pipeline(
      createReadStream(join(chromium, "bin", "swiftshader.tar.br")),
      createBrotliDecompress(),
      extract(making),
    );
    // Another process may have been first: its folder is the same, so losing the race is success.
    await rename(making, folder).catch(async (error: unknown) => {
      if (!(await exists(found.icd))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return found;
}

/** True when the path can be read. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
