/** The page's beginning. */
import "@awesome.me/webawesome/dist/styles/themes/default.css";
import "./app/theme.css";
import "./ui/webawesome.ts";
import "./app/app.ts";
