/** Handing in a form, whoever does it: a page, a program, a tool's client, the clock. */
import { randomBytes } from "node:crypto";
import { sandboxed } from "../../launcher/probe.ts";
import type { Person } from "../../trainer/http/person.ts";
import type { Runs } from "../executions/runs.ts";
import { FlowsHttpError, notFound } from "../http/errors.ts";
import { webhookOf } from "../http/launch-options.ts";
import type { Flow, Services } from "../services/services.ts";
import type { Allowed } from "../webhooks/addresses.ts";
import type { FormElement } from "./json-schema.ts";
import type { Launches, LaunchOptions } from "./launches.ts";

/** A form as its service tells it. */
export interface FlowForm {
  readonly elements: readonly FormElement[];
  readonly [name: string]: unknown;
}

/** What handing in led to. `result` is the run's name; `errors` are by field, `_global_` is the form's. */
export interface HandedIn {
  readonly result?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  readonly elements?: unknown;
}

/** What became of the files that a form names. */
export interface UploadsOfForms {
  /** @throws FlowsHttpError for uploads that are not there, or are not complete */
  take(
    user: string,
    fields: Record<string, unknown>,
  ): {
    readonly fields: Record<string, unknown>;
    readonly place: (execution: { readonly user: string; readonly fid: string }) => void;
  };
  /** A whole file that did not come in parts. @returns the upload's id @throws PathError for a name that is none */
  keep(user: string, filename: string, bytes: Uint8Array): string;
  /** Forgets an upload that no form has named. */
  cancel(user: string, id: string): void;
}

/** How long the catalogue waits for services that are asked for the first time. */
const LOOK_MS = 10_000;

/** Finds flows, asks for their forms, hands them in. */
export class Launcher {
  readonly #services: Services;
  readonly #runs: Runs;
  readonly #uploads: UploadsOfForms;
  readonly #launches: Launches;
  readonly #allowed: Allowed;

  /** @param allowed private addresses that runs may tell of their end */
  constructor(services: Services, runs: Runs, uploads: UploadsOfForms, launches: Launches, allowed: Allowed) {
    this.#allowed = allowed;
    this.#services = services;
    this.#runs = runs;
    this.#uploads = uploads;
    this.#launches = launches;
  }

  /** Every flow; services that were never asked are, for as long as one may wait. @param waitMs how long the caller does */
  async flows(waitMs = LOOK_MS): Promise<Flow[]> {
    const looking = Promise.all(this.#services.unknown().map(({ name }) => this.#services.look(name)));
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(waitMs, LOOK_MS));
    await Promise.race([looking, promise]).finally(() => clearTimeout(timer));
    return this.#services.flows();
  }

  /** The flow of an address; a service that was not asked yet is. @throws FlowsHttpError 404 */
  async find(url: string): Promise<Flow> {
    const wanted = decodeURI(url);
    const there = this.#services.find(wanted);
    if (there) return there;
    const [, name = ""] = /^\/-\/([^/]+)/.exec(wanted) ?? [];
    if (this.#services.unknown().some((expose) => expose.name === name)) await this.#services.look(name);
    const flow = this.#services.find(wanted);
    if (!flow) throw notFound(`A flow at ${wanted.slice(0, 200)}`);
    return flow;
  }

  /** Its form. @throws FlowsHttpError 502, GatewayError */
  async form(flow: Flow, person: Pick<Person, "name">): Promise<FlowForm> {
    const answer = await this.#services.ask(flow.expose, "GET", flow.path, callerHeaders(person, flow));
    if (answer.status !== 200 || answer.body === undefined)
      throw new FlowsHttpError(502, `The form cannot be shown: ${said(answer)}`);
    return answer.body as FlowForm;
  }

  /** Hands it in. @param options what is to follow on the run, before what its author says @throws FlowsHttpError, GatewayError, RunError */
  async handIn(
    flow: Flow,
    person: Person,
    fields: Record<string, unknown>,
    options: LaunchOptions = {},
  ): Promise<HandedIn> {
    await maySandbox(person);
    this.#runs.mayStart(person);
    const files = this.#uploads.take(person.id, fields);
    const fid = randomBytes(12).toString("hex");
    const headers = { ...callerHeaders(person, flow), "x-eyepiece-fid": fid };
    const answer = await this.#services.ask(flow.expose, "POST", flow.path, headers, files.fields);
    const body = answer.body as (HandedIn & { readonly order?: unknown }) | undefined;
    if (answer.status !== 200 || !body)
      throw new FlowsHttpError(502, `The form could not be handed in: ${said(answer)}`);
    if (body.errors) return { errors: body.errors, elements: body.elements };
    if (body.result !== fid) throw new FlowsHttpError(502, "The service answered without launching a run.");
    const order = this.#services.order(flow.expose, body.order);
    const retries = options.retries || order.retries || 0;
    const webhook = options.webhook ?? webhookOf(order.webhook ?? undefined, this.#allowed) ?? null;
    this.#runs.start(fid, flow, order, person, (execution) => {
      if (retries > 0 || webhook !== null)
        this.#launches.add({
          ...{ fid, user: person.id, username: person.name, flow: flow.url, retries, webhook },
          ...{ order: retries > 0 ? order : null, attempt: 1, before: null },
        });
      files.place(execution);
    });
    return { result: fid, elements: body.elements };
  }
}

/** Who calls, for the handler of a form. */
export function callerHeaders(
  person: Pick<Person, "name">,
  flow: Pick<Flow, "expose">,
): Record<string, string> {
  return {
    "x-kodosumi_user": encodeURIComponent(person.name),
    "x-kodosumi_base": `/-/${flow.expose.name}`,
  };
}

/** Where people's code cannot be boxed in, only owners run it, as kernels. */
export async function maySandbox(person: Pick<Person, "role">): Promise<void> {
  const { works, reason } = await sandboxed();
  if (!works && person.role !== "owner")
    throw new FlowsHttpError(
      403,
      `This machine cannot box in people's code (${reason}), so that only owners may run flows.`,
    );
}

function said({ status, body, text }: { status: number; body: unknown; text: string }): string {
  const detail = (body as { detail?: unknown } | undefined)?.detail;
  return typeof detail === "string"
    ? detail.slice(0, 2000)
    : `its service answered ${status}: ${text.slice(-2000)}`;
}
