/** What people wish for their runs, put together: launches and what follows on them, schedules, presets, numbers. */
import { join } from "node:path";
import type { Executions } from "./executions/executions.ts";
import type { Runs } from "./executions/runs.ts";
import { exposeCheckRoutes } from "./http/expose-check-routes.ts";
import { launchRoutes } from "./http/launch-routes.ts";
import { mcpRoutes } from "./http/mcp-routes.ts";
import { openapiRoutes } from "./http/openapi-routes.ts";
import { presetRoutes } from "./http/preset-routes.ts";
import type { FlowsRoutes } from "./http/router.ts";
import { scheduleRoutes } from "./http/schedule-routes.ts";
import { statisticsRoutes } from "./http/statistics-routes.ts";
import { openWishes } from "./launching/database.ts";
import { Endings } from "./launching/endings.ts";
import { Launcher, type UploadsOfForms } from "./launching/launcher.ts";
import { LAUNCHES_SCHEMA, Launches } from "./launching/launches.ts";
import type { PersonOf } from "./launching/persons.ts";
import { Calls } from "./mcp/calls.ts";
import { PRESETS_SCHEMA, Presets } from "./presets/presets.ts";
import { ScheduleClock } from "./schedules/clock.ts";
import { SCHEDULES_SCHEMA, Schedules } from "./schedules/schedules.ts";
import type { Services } from "./services/services.ts";
import { Statistics } from "./statistics/statistics.ts";
import type { Changes } from "./watching/changes.ts";
import type { Allowed } from "./webhooks/addresses.ts";
import { webhookSettings } from "./webhooks/deliver.ts";

/** What it stands on. */
export interface PanelOptions {
  /** `<home>/flows`, with the list of executions in it. */
  readonly folder: string;
  readonly executions: Executions;
  readonly runs: Runs;
  readonly services: Services;
  readonly uploads: UploadsOfForms;
  readonly changes: Changes;
  readonly personOf: PersonOf;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/** See the file's comment. */
export interface Panel {
  readonly launcher: Launcher;
  /** Private addresses that webhooks may go to. */
  readonly allowed: Allowed;
  readonly routes: readonly FlowsRoutes[];
  /** All that a person has kept here goes with their account. */
  forget(user: string): void;
  close(): Promise<void>;
}

/** Starts it: what was to happen while the node was away happens now. */
export function startPanel(options: PanelOptions): Panel {
  const { folder, executions, runs, services, uploads, changes, personOf, environment, log } = options;
  const database = openWishes(join(folder, "wishes.db"), [LAUNCHES_SCHEMA, SCHEDULES_SCHEMA, PRESETS_SCHEMA]);
  const launches = new Launches(database);
  const schedules = new Schedules(database);
  const presets = new Presets(database);
  const statistics = new Statistics(join(folder, "executions.db"));
  const webhooks = webhookSettings(
    join(folder, "webhook.secret"),
    environment.EYEPIECE_FLOWS_WEBHOOK_ALLOW ?? "",
  );
  const launcher = new Launcher(services, runs, uploads, launches, webhooks.allowed);
  const endings = new Endings({
    ...{ launches, executions, runs, services, changes, webhooks, personOf, log },
  });
  const clock = new ScheduleClock({ schedules, executions, launcher, personOf, log });
  return {
    launcher,
    allowed: webhooks.allowed,
    routes: [
      openapiRoutes(launcher),
      mcpRoutes({ launcher, executions, runs, uploads, calls: new Calls() }),
      launchRoutes(executions, launches, webhooks),
      scheduleRoutes(schedules, clock, launcher, webhooks.allowed),
      presetRoutes(presets, launcher),
      statisticsRoutes(statistics, services),
      exposeCheckRoutes(),
    ],
    forget: (user) => {
      for (const room of [launches, schedules, presets]) room.removeOf(user);
    },
    close: async () => {
      await Promise.all([endings.close(), clock.close(), webhooks.agent.destroy()]);
      statistics.close();
      if (database.isOpen) database.close();
    },
  };
}
