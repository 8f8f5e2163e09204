/** Makes the PNG icons of public/icons from their SVGs, in the browser of the tests. Run by hand when an SVG changes. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browserArguments, browserPath } from "../../scripts/chromium.mjs";

const icons = join(dirname(fileURLToPath(import.meta.url)), "../../public/icons");
const browser = await chromium.launch({ executablePath: await browserPath(), args: browserArguments });
for (const [svg, size, png] of [
  ["icon.svg", 192, "icon-192.png"],
  ["icon.svg", 512, "icon-512.png"],
  ["maskable.svg", 512, "maskable-512.png"],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0;background:transparent">${await readFile(join(icons, svg), "utf8")}</body>`,
  );
  await page.screenshot({ path: join(icons, png), omitBackground: true });
  await page.close();
}
await browser.close();
