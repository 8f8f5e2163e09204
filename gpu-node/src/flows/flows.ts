/** The flows of a node: its rooms, put together. */
import { join } from "node:path";
import type { ServiceAddress } from "../services/http.ts";
import { GpuLedger } from "../sessions/ledger.ts";
import { TunnelDoor } from "../trainer/http/doors.ts";
import { Gateway } from "./agent/gateway.ts";
import { isOver } from "./executions/events.ts";
import { Executions } from "./executions/executions.ts";
import { Runs } from "./executions/runs.ts";
import { answerRun } from "./files/files.ts";
import { PathError } from "./files/paths.ts";
import { Uploads } from "./files/uploads.ts";
import { belongingRoutes } from "./http/belonging-routes.ts";
import { bootRoutes } from "./http/boot-routes.ts";
import { exchangeRoutes } from "./http/exchange-routes.ts";
import { exposeRoutes } from "./http/expose-routes.ts";
import { fileRoutes, uploadsOfForms } from "./http/file-routes.ts";
import { flowRoutes } from "./http/flow-routes.ts";
import { healthRoutes } from "./http/health-routes.ts";
import { lockRoutes } from "./http/lock-routes.ts";
import { outputRoutes } from "./http/output-routes.ts";
import { flowsApp } from "./http/router.ts";
import { timelineRoutes } from "./http/timeline-routes.ts";
import type { PersonOf } from "./launching/persons.ts";
import { startPanel } from "./panel.ts";
import { RayCluster } from "./ray/cluster.ts";
import { DashboardDoor } from "./ray/door.ts";
import { type FlowGpus, LeasedRuns, roomOf } from "./ray/leased-runs.ts";
import { tokenFile } from "./ray/order.ts";
import { Boot } from "./services/boot.ts";
import { ServiceClient } from "./services/client.ts";
import { Exposes } from "./services/exposes.ts";
import { Hosts } from "./services/hosts.ts";
import { exposeSamples } from "./services/samples.ts";
import { Services } from "./services/services.ts";
import { flowsSettings } from "./settings.ts";
import { Changes } from "./watching/changes.ts";

/** What flows stand on. */
export interface FlowsOptions {
  /** The node's folder. */
  readonly home: string;
  /** Folder of the Python environments. */
  readonly environments: string;
  /** What no service may see. */
  readonly hidden: readonly string[];
  /** What runs that ask for GPUs may have; nothing where it is left out. */
  readonly gpus?: FlowGpus;
  /** Who somebody is, asked before something starts in their name while they are not there. */
  readonly personOf: PersonOf;
  readonly log: (line: string) => void;
}

/** Flows that answer. */
export interface Flows {
  /** For the node's `http` service named `flows`. */
  readonly address: ServiceAddress;
  /** For the one named `ray`: its dashboard. */
  readonly dashboard: ServiceAddress;
  close(): Promise<void>;
}

/** Starts them. Nothing runs until somebody asks for a flow; what a node before this one left is found again. */
export function startFlows({ home, environments, hidden, gpus, personOf, log }: FlowsOptions): Flows {
  const folder = join(home, "flows");
  const settings = flowsSettings(process.env, log);
  const executions = new Executions(
    settings.execDir ?? join(home, "execution"),
    join(folder, "executions.db"),
  );
  const files = async (fid: string, asked: Parameters<typeof answerRun>[1]) => {
    const execution = executions.find(fid);
    if (!execution || isOver(execution.state)) throw new PathError("EINVAL", "The run is over.");
    return answerRun(executions.folder(execution), asked);
  };
  const gateway = new Gateway({ folder, environments, executions, files, log });
  const exposes = new Exposes(join(folder, "exposes.db"));
  exposeSamples(exposes);
  const changes = new Changes(executions, log);
  exposes.onChange = changes.catalogue;
  const hosts = new Hosts({
    ...{ gateway, environments, hidden, log },
    ...{ folder: join(folder, "hosts"), env: settings.ofServices, cpus: settings.rayCpus },
  });
  const client = new ServiceClient();
  const shared = gpus ?? { ledger: new GpuLedger([]), devices: [] };
  const cluster = new RayCluster({
    ...{ gateway, folder: join(folder, "ray"), environments, hidden, log },
    ...{ address: settings.rayServer, network: settings.rayNetwork, idleMs: settings.rayIdle * 1000 },
    room: roomOf(settings.rayCpus, shared),
  });
  const services = new Services(exposes, hosts, client, cluster);
  const leased = new LeasedRuns(cluster, executions, gateway, shared);
  const { runsPerPerson: perPerson, timeout, memory } = settings;
  const runs = new Runs(gateway, executions, services, leased, { perPerson, timeout, memory });
  const uploads = new Uploads(join(folder, "uploads"));
  const panel = startPanel({
    ...{ folder, executions, runs, services, changes, personOf, environment: process.env, log },
    uploads: uploadsOfForms(uploads, (execution) => executions.folder(execution)),
  });
  const app = flowsApp(
    [
      flowRoutes(services, panel.launcher, gateway, panel.allowed),
      ...panel.routes,
      fileRoutes(executions, uploads),
      outputRoutes(executions, runs, gateway),
      lockRoutes(executions, services, runs),
      timelineRoutes(executions, changes),
      belongingRoutes(executions, runs, gateway, panel.forget),
      exposeRoutes(services),
      bootRoutes(new Boot(services, settings.bootTimeout * 1000), exposes),
      exchangeRoutes(services, join(folder, "backups")),
      healthRoutes(services, executions, gateway, cluster),
    ],
    log,
  );
  // The doors differ in what their applications answer, not in how they are entered.
  const token = tokenFile(join(folder, "ray"));
  const dashboard = new DashboardDoor({ cluster, token, address: settings.rayDashboard });
  const door = new TunnelDoor(app as unknown as ConstructorParameters<typeof TunnelDoor>[0]);
  gateway
    .recover()
    .then(() => cluster.recover())
    .catch((cause: unknown) => {
      log(`flows: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
  return {
    address: { connect: door.connect },
    dashboard: { connect: dashboard.connect },
    close: async () => {
      door.close();
      dashboard.close();
      await panel.close();
      hosts.close();
      cluster.close();
      gateway.close();
      await client.close();
      executions.close();
      exposes.close();
    },
  };
}
