/**
 * The data of the scene's layers in this page's renderer: asked for as layers name them, let go with them, followed as they are edited.
 *
 * A scene can be newer than the data that it names, because the two come on two channels. `revision` is the newest one whose data are
 * all here: what tools have drawn in advance may go when a picture says it.
 */

import { tableBytes } from "@eyepiece/engine/data/table.ts";
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";
import type { BrickClient, BrickPlace, DataFound } from "./brick-client.ts";
import { remoteData } from "./remote-data.ts";

type ClientEvents = ConstructorParameters<typeof BrickClient>[2];

/** Bytes of all tables: they are whole in memory and no cache can let them go. */
const MOST_TABLES = 128 * 1024 * 1024;

export interface HereDataEvents {
  /** Another picture may come out. */
  readonly onChange: () => void;
  /** The page cannot draw this scene; plain words. */
  readonly onObstacle: (reason: string) => void;
}

/** See the file's comment. */
export class HereData {
  readonly #renderer: Renderer;
  readonly #client: BrickClient;
  readonly #events: HereDataEvents;
  #names: ReadonlySet<string> = new Set();
  #versions = "";
  /** The newest scene, and the revision whose data are here. */
  #newest = 0;
  #settled = 0;
  #waiting = 0;
  readonly #tables = new Map<string, number>();
  /** Bricks that are read anew; true: they changed again meanwhile. */
  readonly #refreshing = new Map<string, boolean>();

  constructor(renderer: Renderer, client: (events: ClientEvents) => BrickClient, events: HereDataEvents) {
    this.#renderer = renderer;
    this.#events = events;
    this.#client = client({
      onData: (found) => this.#found(found),
      onChanged: (source, places) => {
        for (const place of places) void this.#refresh(source, place);
      },
      onRefused: (reason) => events.onObstacle(reason),
    });
  }

  /** The newest revision of the scene whose data are here. */
  get revision(): number {
    return this.#settled;
  }

  /** Bytes of the tables that are here. */
  get tableBytes(): number {
    return [...this.#tables.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Shows another scene from now on. */
  show(scene: Scene): void {
    const names = new Set(scene.layers.map((layer) => layer.data.source));
    for (const name of this.#names) {
      if (names.has(name)) continue;
      this.#renderer.removeSource(name);
      this.#tables.delete(name);
    }
    this.#names = names;
    this.#client.want(names);
    const versions = scene.layers.map(({ data }) => `${data.source}@${data.version}`).join(" ");
    const edited = versions !== this.#versions;
    this.#versions = versions;
    this.#newest = scene.revision;
    if (!edited) {
      this.#settle();
      return;
    }
    this.#waiting += 1;
    void this.#client.sync().then(() => {
      this.#waiting -= 1;
      this.#settle();
    });
  }

  dispose(): void {
    this.#client.dispose();
  }

  #settle(): void {
    if (this.#waiting > 0 || this.#refreshing.size > 0 || this.#settled === this.#newest) return;
    this.#settled = this.#newest;
    this.#events.onChange();
  }

  #found(found: DataFound): void {
    if (!this.#names.has(found.source)) return;
    const data = remoteData(this.#client, found);
    if ("obstacle" in data) {
      this.#events.onObstacle(data.obstacle);
      return;
    }
    if ("array" in data) {
      // Told again, they may be others: the session was away.
      if (this.#renderer.source(found.source)) this.#renderer.removeSource(found.source);
      this.#renderer.setSource(data.array);
    } else {
      this.#tables.set(found.source, tableBytes(data.table.table));
      this.#renderer.setTable(data.table);
      if (this.tableBytes > MOST_TABLES)
        this.#events.onObstacle("The items of the layers are too many to be held by this page.");
    }
    this.#events.onChange();
  }

  /** Reads an edited brick again, if it is here at all. */
  async #refresh(id: string, place: BrickPlace): Promise<void> {
    const source = this.#renderer.source(id);
    const { level, index } = place;
    if (!source || this.#renderer.cache.state(source, level, index) === undefined) return;
    const key = `${id}/${level}/${index.join()}`;
    if (this.#refreshing.has(key)) {
      this.#refreshing.set(key, true);
      return;
    }
    do {
      this.#refreshing.set(key, false);
      try {
        const brick = await this.#client.brick(id, level, index);
        this.#renderer.setBricks(source, [{ level, index, brick }]);
      } catch {
        // The layer or the session went: then there is nothing to show of it either.
      }
    } while (this.#refreshing.get(key) === true);
    this.#refreshing.delete(key);
    this.#settle();
    this.#events.onChange();
  }
}
