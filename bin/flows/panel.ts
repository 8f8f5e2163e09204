/** The flows' API of the Eyepiece that runs on this machine, as its owner's programs call it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withAccounts } from "@eyepiece/relay/main.ts";
import { CommandError } from "../command.ts";
import { readRunning, writePrivate } from "../local.ts";

/** What commands for flows may do with it. */
const SCOPES = ["view", "run"] as const;

/** Calls it. */
export class Panel {
  readonly url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** The panel of a home folder; undefined where no Eyepiece answers there. */
  static async of(home: string): Promise<Panel | undefined> {
    const running = readRunning(home);
    if (!running) return undefined;
    const answers = await fetch(`${running.url}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    return answers ? new Panel(running.url, await flowsKey(home)) : undefined;
  }

  /** As `of`. @throws CommandError where there is none */
  static async running(home: string): Promise<Panel> {
    const panel = await Panel.of(home);
    if (panel) return panel;
    throw new CommandError(
      `No Eyepiece runs here with the home folder ${home}: start it by \`eyepiece up\` or \`eyepiece flows start\`.`,
    );
  }

  /** A request, answered with JSON. @throws CommandError with what the node says */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return (await this.#fetch(method, path, body)).json();
  }

  /** A request, answered with lines as they come. @returns the last one @throws CommandError */
  async follow(method: string, path: string, onLine: (line: string) => void): Promise<string> {
    const answer = await this.#fetch(method, path);
    const decoder = new TextDecoderStream();
    let [rest, last] = ["", ""];
    for await (const part of answer.body?.pipeThrough(decoder) ?? []) {
      const lines = (rest + part).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        last = line;
        onLine(line);
      }
    }
    return last;
  }

  async #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${this.url}/api/flows${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new CommandError(`${this.url} does not answer: ${String((cause as Error).cause ?? cause)}`);
    });
    if (answer.ok) return answer;
    const text = await answer.text();
    throw new CommandError(
      detailOf(text) ?? `${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`,
    );
  }
}

function detailOf(text: string): string | undefined {
  try {
    const { detail, message } = JSON.parse(text) as { detail?: unknown; message?: unknown };
    const said = detail ?? message;
    return typeof said === "string" ? said : undefined;
  } catch {
    return undefined;
  }
}

/** The owner's key for these commands, made once and kept in the home folder. */
async function flowsKey(home: string): Promise<string> {
  const file = join(home, "flows-key");
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  return withAccounts(home, async (accounts) => {
    if (kept !== "" && (await accounts.prove("", `Bearer ${kept}`))) return kept;
    const { secret } = accounts.tokens.create(accounts.ownerId(), "api", "flows", SCOPES);
    writePrivate(file, secret);
    return secret;
  });
}
