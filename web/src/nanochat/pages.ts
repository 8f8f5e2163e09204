/** The pages of this folder, loaded together. */
import "./run-page.ts";
import "./runs-page.ts";
