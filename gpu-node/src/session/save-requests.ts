/** What pages ask to be saved: into a folder of the node, or to be taken piece by piece. */
import { realpath } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { Film } from "@eyepiece/protocol/viewer/film.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import * as v from "valibot";
import { confine, isInside } from "../services/folders.ts";
import { safeName } from "../services/uploads.ts";
import { savedLook } from "./asks.ts";
import { writeFilm } from "./film.ts";
import { saveInto } from "./saving.ts";
import type { Session } from "./session.ts";

/** The most bytes of one answer: what else is on the channel must not wait for long. */
const PIECE = 512 * 1024;
const MOST_RUNNING = 4;

/** See the file's comment. */
export class SaveRequests {
  readonly #session: Session;
  readonly #running = new Map<string, AbortController>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Saves. @throws Error with a sentence; the reason of `cancel` */
  async save({
    task,
    layers,
    name,
    folder,
    replace,
  }: eyepiece.viewer.SaveLayers.$Properties): Promise<eyepiece.viewer.LayersSaved.$Properties> {
    const session = this.#session;
    const file = safeName(name ?? "");
    const wish = { name: file, replace: replace ?? false, ...(layers?.length && { layers }) };
    return this.#run(task ?? "", `Saving ${file}`, async (given) => {
      const options = { ...given, settled: (source: string) => session.labels.settled(source) };
      if (!folder) {
        const look = savedLook(session);
        const { token, files } = await session.saved.save(session.host, wish, look, {
          ...options,
          zip: true,
        });
        return { token, files: [...files] };
      }
      const real = await this.#writable(folder);
      return {
        paths: await saveInto(real, session.host, wish, savedLook(session), { ...options, final: real }),
      };
    });
  }

  /** Films an animation, to be taken piece by piece. @throws Error with a sentence; the reason of `cancel` */
  async film({
    task,
    json,
  }: eyepiece.viewer.FilmAsked.$Properties): Promise<eyepiece.viewer.LayersSaved.$Properties> {
    const film = v.parse(Film, JSON.parse(json ?? ""));
    const file = safeName(film.name);
    const { painter, host, saved } = this.#session;
    return this.#run(task ?? "", `Filming ${file}`, async (options) => {
      const { token, files } = await saved.make(async (folder) => {
        const table = (source: string) => host.tableSource(source);
        await writeFilm(join(folder, file), film, { painter, scene: host.scene, table, ...options });
        return undefined;
      });
      return { token, files: [...files] };
    });
  }

  /** Runs what takes long: with progress, so many at a time, to be cancelled. */
  async #run<T>(
    task: string,
    words: string,
    act: (options: { signal: AbortSignal; onProgress: (fraction: number) => void }) => Promise<T>,
  ): Promise<T> {
    const id = `save ${task}`;
    if (this.#running.has(id) || this.#running.size >= MOST_RUNNING)
      throw new Error("So much is being saved already: wait until some of it is there.");
    const abort = new AbortController();
    this.#running.set(id, abort);
    const tell = (fraction: number): void => this.#session.progress(id, words, fraction, false);
    try {
      tell(0);
      return await act({ signal: abort.signal, onProgress: tell });
    } finally {
      this.#running.delete(id);
      this.#session.progress(id, "", 1, true);
    }
  }

  cancel(task: string): void {
    this.#running.get(`save ${task}`)?.abort(new Error("Saving was cancelled; nothing was written."));
  }

  /** A piece of what was saved. */
  async take({
    token,
    path,
    offset,
    length,
  }: eyepiece.viewer.TakeSaved.$Properties): Promise<eyepiece.viewer.SavedPiece.$Properties> {
    const size = Math.min(PIECE, length || PIECE);
    return { data: await this.#session.saved.take(token ?? "", path ?? "", offset ?? 0, size) };
  }

  /** The real folder. @throws Error when it is none that is written to */
  async #writable(folder: string): Promise<string> {
    const { roots, saves = [] } = this.#session.settings;
    const real = await confine(roots, isAbsolute(folder) ? resolve(folder) : folder);
    const allowed = await Promise.all(saves.map((root) => realpath(root).catch(() => undefined)));
    if (allowed.some((root) => root !== undefined && isInside(root, real))) return real;
    throw new Error(
      `This node does not write into ${basename(folder)}: choose a folder of its owner's, or download.`,
    );
  }
}
