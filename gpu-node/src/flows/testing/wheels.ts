/** A package for tests that no index has: `tinypack`, whose `WORD` a test may read. */
import { execFileSync } from "node:child_process";

/** Its file's name. */
export const WHEEL = "tinypack-1.0-py3-none-any.whl";

/** Writes a wheel, which is a zip of a form of its own. */
const MAKE = `
import sys, zipfile
folder, word = sys.argv[1:]
info = "tinypack-1.0.dist-info"
files = {
    "tinypack.py": f"WORD = {word!r}\\n",
    f"{info}/METADATA": "Metadata-Version: 2.1\\nName: tinypack\\nVersion: 1.0\\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
files[f"{info}/RECORD"] = "".join(f"{name},,\\n" for name in [*files, f"{info}/RECORD"])
with zipfile.ZipFile(f"{folder}/tinypack-1.0-py3-none-any.whl", "w") as wheel:
    for name, text in files.items():
        # The same word makes the same file.
        wheel.writestr(zipfile.ZipInfo(name), text)
`;

/** Puts it into a folder, also again with another word. */
export function writeWheel(folder: string, word: string): void {
  execFileSync("python3", ["-c", MAKE, folder, word]);
}
