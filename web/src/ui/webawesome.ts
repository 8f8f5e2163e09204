/** The widgets of Web Awesome that the app uses, with their icons from the bundle instead of another host. */
import "@awesome.me/webawesome/dist/components/dialog/dialog.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import "@awesome.me/webawesome/dist/components/switch/switch.js";
import { registerIconLibrary } from "@awesome.me/webawesome/dist/components/icon/library.js";
import check from "lucide-static/icons/check.svg?url";
import chevronDown from "lucide-static/icons/chevron-down.svg?url";
import circle from "lucide-static/icons/circle.svg?url";
import close from "lucide-static/icons/x.svg?url";

const FILES: Readonly<Record<string, string>> = {
  check,
  "chevron-down": chevronDown,
  circle,
  xmark: close,
  "circle-xmark": close,
};
// The library's own system icons are data: addresses, which the content security policy keeps from being fetched.
for (const name of ["default", "system"]) {
  registerIconLibrary(name, { resolver: (icon) => FILES[icon] ?? circle });
}
