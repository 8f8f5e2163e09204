/** The page's beginning. */
import "@awesome.me/webawesome/dist/styles/themes/default.css";
import "./app/theme.css";
import "./ui/webawesome.ts";
import "./app/app.ts";

// A reload brings an older page up to date; this only makes the app installable and able to open without a network.
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  navigator.serviceWorker.register("/sw.js").catch((cause: unknown) => {
    console.info("The app is not kept for use without a network:", cause);
  });
}
