// Compresses the files of a built app, so that the relay sends them small without work: `node precompress.mjs FOLDER`
// writes FILE.br and FILE.gz beside each file that gains from it. Files that are up to date are left.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// Maps for debuggers are seldom asked for, and larger than all the rest.
const COMPRESSIBLE = /\.(?:css|html|js|json|mjs|svg|txt|wasm|webmanifest)$/;
const MIN_BYTES = 512;
/** The best level takes 5 s a megabyte, for 4% less to send. */
const BIG_BYTES = 300 * 1024;

/** Compresses below `folder`; how many files were written. */
export function precompress(folder) {
  let written = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const facts = statSync(path);
    const bytes = readFileSync(path);
    const forms = {
      br: () =>
        brotliCompressSync(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: bytes.length > BIG_BYTES ? 9 : 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        }),
      gz: () => gzipSync(bytes, { level: 9 }),
    };
    for (const [end, compress] of Object.entries(forms)) {
      const target = `${path}.${end}`;
      if (existsSync(target) && Math.abs(statSync(target).mtimeMs - facts.mtimeMs) < 10) continue;
      const compressed = bytes.length < MIN_BYTES ? bytes : compress();
      if (compressed.length >= bytes.length * 0.95) {
        rmSync(target, { force: true });
        continue;
      }
      writeFileSync(target, compressed);
      utimesSync(target, facts.atime, facts.mtime);
      written += 1;
    }
  }
  return written;
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder || !existsSync(folder)) {
    console.error("Usage: node precompress.mjs FOLDER");
    process.exitCode = 1;
  } else console.log(`${precompress(folder)} files compressed in ${folder}`);
}
