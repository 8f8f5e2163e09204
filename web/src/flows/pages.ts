/** The pages of this folder, loaded together. */
import "./flows-page.ts";
import "./form-page.ts";
import "./run-page.ts";
import "./timeline-page.ts";
