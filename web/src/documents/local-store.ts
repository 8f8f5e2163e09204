/** What the browser keeps: updates of documents, conversations with models, and what the last answers of the relay were. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { mergeUpdates } from "yjs";

interface Schema extends DBSchema {
  updates: {
    key: number;
    value: { readonly notebook: string; readonly update: Uint8Array };
    indexes: { notebook: string };
  };
  /** Answers of the relay by address, for use without a network. */
  answers: { key: string; value: { readonly value: unknown; readonly at: number } };
}

/** Conversations with models: they are nowhere else. A database of their own: one that gets a new store waits for all other tabs. */
interface ConversationSchema extends DBSchema {
  conversations: { key: string; value: { readonly id: string } };
}

/** Kept updates of a document that are folded into one. */
const COMPACT_AFTER = 100;

/** One database for the app. */
export class LocalStore {
  #database: Promise<IDBPDatabase<Schema>> | undefined;
  #conversations: Promise<IDBPDatabase<ConversationSchema>> | undefined;

  /** Updates of a notebook in the order in which they came. */
  async updates(notebook: string): Promise<Uint8Array[]> {
    const database = await this.#open();
    const rows = await database.getAllFromIndex("updates", "notebook", notebook);
    return rows.map((row) => row.update);
  }

  /** How many notebooks are kept. */
  async count(): Promise<number> {
    const database = await this.#open();
    let count = 0;
    let cursor = await database
      .transaction("updates")
      .store.index("notebook")
      .openKeyCursor(null, "nextunique");
    while (cursor) {
      count += 1;
      cursor = await cursor.continue();
    }
    return count;
  }

  /** Keeps one update; resolves when it is on disk. */
  async append(notebook: string, update: Uint8Array): Promise<void> {
    const database = await this.#open();
    await database.add("updates", { notebook, update });
    if ((await database.countFromIndex("updates", "notebook", notebook)) > COMPACT_AFTER)
      await this.#compact(notebook);
  }

  /** Forgets a notebook. */
  async forget(notebook: string): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction("updates", "readwrite");
    const keys = await transaction.store.index("notebook").getAllKeys(notebook);
    await Promise.all(keys.map((key) => transaction.store.delete(key)));
    await transaction.done;
  }

  /** Keeps an answer of the relay. */
  async keep(address: string, value: unknown): Promise<void> {
    const database = await this.#open();
    await database.put("answers", { value, at: Date.now() }, address);
  }

  /** The last answer that was kept, and when. */
  async kept<T>(address: string): Promise<{ readonly value: T; readonly at: number } | undefined> {
    const database = await this.#open();
    const row = await database.get("answers", address);
    return row && { value: row.value as T, at: row.at };
  }

  /** Keeps a conversation as it is now. */
  async keepConversation(conversation: { readonly id: string }): Promise<void> {
    await (await this.#openConversations()).put("conversations", conversation, conversation.id);
  }

  /** All conversations, in no order. */
  async conversations(): Promise<{ readonly id: string }[]> {
    return (await this.#openConversations()).getAll("conversations");
  }

  /** Forgets a conversation. */
  async forgetConversation(id: string): Promise<void> {
    await (await this.#openConversations()).delete("conversations", id);
  }

  /** Forgets everything, as when a person signs out. */
  async clear(): Promise<void> {
    const [database, conversations] = await Promise.all([this.#open(), this.#openConversations()]);
    await Promise.all([
      database.clear("updates"),
      database.clear("answers"),
      conversations.clear("conversations"),
    ]);
  }

  async #compact(notebook: string): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction("updates", "readwrite");
    const index = transaction.store.index("notebook");
    const keys = await index.getAllKeys(notebook);
    const rows = await index.getAll(notebook);
    // In one transaction: a tab that dies halfway leaves all or none of it.
    await Promise.all(keys.map((key) => transaction.store.delete(key)));
    await transaction.store.add({ notebook, update: mergeUpdates(rows.map((row) => row.update)) });
    await transaction.done;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>("eyepiece", 1, {
      upgrade(database) {
        const updates = database.createObjectStore("updates", { autoIncrement: true });
        updates.createIndex("notebook", "notebook");
        database.createObjectStore("answers");
      },
    });
    return this.#database;
  }

  #openConversations(): Promise<IDBPDatabase<ConversationSchema>> {
    this.#conversations ??= openDB<ConversationSchema>("eyepiece-conversations", 1, {
      upgrade: (database) => void database.createObjectStore("conversations"),
    });
    return this.#conversations;
  }
}

/** The app's. */
export const localStore = new LocalStore();
