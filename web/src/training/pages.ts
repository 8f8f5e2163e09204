/** The pages of this folder, loaded together. */
import "./data-page.ts";
import "./job-page.ts";
import "./models-page.ts";
import "./new-job.ts";
