/** For tests: a client of a notebook's socket, as the page is one. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";

/** An answer of the relay; JSON objects are parsed. */
export interface Answer {
  readonly status: number;
  readonly answer: Record<string, unknown>;
  readonly headers: Headers;
}

/** Asks the relay. Text and bytes go as they are, all else as JSON. */
export async function ask(
  url: string,
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const plain = typeof body === "string" || body instanceof Uint8Array;
  const init = body === undefined ? {} : { body: plain ? (body as BodyInit) : JSON.stringify(body) };
  const response = await fetch(url + path, { method, headers, ...init });
  const text = await response.text();
  const answer: unknown = text.startsWith("{") ? JSON.parse(text) : text;
  return { status: response.status, answer: answer as Record<string, unknown>, headers: response.headers };
}

/** A page with the notebook open. */
export class TestPage {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Text messages, as they came. */
  readonly notices: Record<string, unknown>[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly socket: WebSocket;
  /** Updates sent, and those that the relay said are kept. */
  sent = 0;
  saved = 0;
  synced = false;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, notebook: string, headers: Record<string, string>, doc = new Y.Doc()) {
    this.doc = doc;
    this.awareness = new Awareness(doc);
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/notebooks/${notebook}/sync`, { headers });
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => {
        this.awareness.destroy();
        resolve({ code, reason: reason.toString() });
        this.#wake();
      });
    });
    this.socket.on("error", () => undefined);
    this.socket.on("open", () => this.#send((encoder) => writeSyncStep1(encoder, doc)));
    this.socket.on("message", (data: Buffer, binary: boolean) => this.#receive(data, binary));
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || this.socket.readyState !== WebSocket.OPEN) return;
      this.sent++;
      this.#send((encoder) => writeUpdate(encoder, update));
    });
    this.awareness.on("update", (_changes: unknown, origin: unknown) => {
      if (origin !== this && this.socket.readyState === WebSocket.OPEN) this.showCursor();
    });
  }

  /** Tells the others where this page is. */
  showCursor(): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
    this.socket.send(encoding.toUint8Array(encoder));
  }

  /** Waits until something is so; looked at after each message. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #send(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    write(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  #receive(data: Buffer, binary: boolean): void {
    if (!binary) {
      const notice = JSON.parse(data.toString()) as Record<string, unknown>;
      this.notices.push(notice);
      if (notice.type === "saved") this.saved++;
    } else {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      if (decoding.readVarUint(decoder) === 1) {
        applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
      } else {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, 0);
        const step = readSyncMessage(decoder, encoder, this.doc, this);
        if (step === 1) this.synced = true;
        if (encoding.length(encoder) > 1) this.socket.send(encoding.toUint8Array(encoder));
      }
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

/** Opens a page and waits until it has the notebook. */
export async function openPage(
  url: string,
  notebook: string,
  headers: Record<string, string>,
  doc?: Y.Doc,
): Promise<TestPage> {
  const page = new TestPage(url, notebook, headers, doc);
  await page.until(() => page.synced || page.socket.readyState === WebSocket.CLOSED);
  return page;
}
