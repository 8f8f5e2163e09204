/** The pages of this folder, loaded together. */
import "./admin-page.ts";
import "./dashboard-page.ts";
import "./flows-page.ts";
import "./form-page.ts";
import "./run-page.ts";
import "./schedules-page.ts";
import "./timeline-page.ts";
