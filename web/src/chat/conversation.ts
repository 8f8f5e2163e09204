/** A conversation with one model or several side by side, as plain data; every change makes a new one. */

/** How answers are drawn; names are OpenAI's. */
export interface Sampling {
  readonly temperature: number;
  readonly top_p: number;
  /** 0: all tokens. */
  readonly top_k: number;
  readonly max_tokens: number;
  /** null: another chance each time. */
  readonly seed: number | null;
  readonly frequency_penalty: number;
  readonly presence_penalty: number;
  /** Lines, each a stop string; `\n` in one stands for a new line. */
  readonly stop: string;
  /** What an answer has to be. Conversations that are older than this have neither. */
  readonly form?: "text" | "json";
  /** A JSON schema of it, as text; empty: any object. */
  readonly schema?: string;
}

export const DEFAULT_SAMPLING: Sampling = {
  temperature: 0.8,
  top_p: 0.95,
  top_k: 0,
  max_tokens: 512,
  seed: null,
  frequency_penalty: 0,
  presence_penalty: 0,
  stop: "",
  form: "text",
  schema: "",
};

/** A token with its probability (0 to 1), and the most likely ones in its place. */
export interface Token {
  readonly text: string;
  readonly chance: number;
  readonly top: readonly { readonly text: string; readonly chance: number }[];
}

/** One try at an answer. */
export interface Version {
  readonly model: string;
  readonly text: string;
  /** Empty where nobody asked for probabilities. */
  readonly tokens: readonly Token[];
  readonly state: "writing" | "done" | "stopped" | "failed";
  /** Why it failed, and what to do. */
  readonly trouble: string;
  /** `stop` or `length` as the node says. */
  readonly finish: string;
  /** Milliseconds from asking to the first text, and to the end. */
  readonly firstMs: number;
  readonly allMs: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What one column answered in a turn: its tries, and which is shown. */
export interface Answer {
  readonly versions: readonly Version[];
  readonly shown: number;
}

/** What somebody said, and an answer a column. */
export interface Turn {
  readonly id: string;
  readonly text: string;
  readonly answers: readonly Answer[];
}

export interface Conversation {
  readonly id: string;
  /** Whose it is: browsers are shared. */
  readonly person: string;
  readonly updatedMs: number;
  readonly system: string;
  /** A model a column. */
  readonly models: readonly string[];
  readonly sampling: Sampling;
  readonly turns: readonly Turn[];
}

/** Columns side by side. */
export const MAX_COLUMNS = 4;

export function newConversation(person: string, models: readonly string[]): Conversation {
  return {
    ...{ id: crypto.randomUUID(), person, updatedMs: Date.now(), system: "" },
    ...{ models, sampling: DEFAULT_SAMPLING, turns: [] },
  };
}

/** What it is called: its first words. */
export function titleOf(conversation: Conversation): string {
  const words = conversation.turns[0]?.text.trim().replace(/\s+/g, " ") ?? "";
  return words === "" ? "New conversation" : words.length > 60 ? `${words.slice(0, 59)}…` : words;
}

/** The try that is shown. */
export function shownOf(answer: Answer | undefined): Version | undefined {
  return answer?.versions[answer.shown];
}

/** Adds a turn without answers. */
export function withTurn(conversation: Conversation, text: string): Conversation {
  const answers = conversation.models.map((): Answer => ({ versions: [], shown: 0 }));
  const turn: Turn = { id: crypto.randomUUID(), text, answers };
  return touched({ ...conversation, turns: [...conversation.turns, turn] });
}

/** Says something else in a turn: its answers and all that came after it go. */
export function withEdit(conversation: Conversation, turn: number, text: string): Conversation {
  return withTurn({ ...conversation, turns: conversation.turns.slice(0, turn) }, text);
}

/** Begins another try in a column; what came after the turn goes, for it answered another answer. */
export function withTry(conversation: Conversation, turn: number, column: number): Conversation {
  const model = conversation.models[column] ?? "";
  const begun: Version = {
    ...{ model, text: "", tokens: [], state: "writing", trouble: "", finish: "" },
    ...{ firstMs: 0, allMs: 0, promptTokens: 0, completionTokens: 0 },
  };
  return changed(
    { ...conversation, turns: conversation.turns.slice(0, turn + 1) },
    turn,
    column,
    ({ versions }) => ({ versions: [...versions.map(ended), begun], shown: versions.length }),
  );
}

/** Changes the newest try of a column. */
export function withNewest(
  conversation: Conversation,
  turn: number,
  column: number,
  change: (version: Version) => Version,
): Conversation {
  return changed(conversation, turn, column, ({ versions, shown }) => ({
    versions: versions.map((version, n) => (n === versions.length - 1 ? change(version) : version)),
    shown,
  }));
}

/** Shows another try. */
export function withShown(
  conversation: Conversation,
  turn: number,
  column: number,
  shown: number,
): Conversation {
  return changed(conversation, turn, column, ({ versions }) => ({ versions, shown }));
}

/** Other models in the columns. A column that is new has no answers to what was said before. */
export function withModels(conversation: Conversation, models: readonly string[]): Conversation {
  const turns = conversation.turns.map((turn) => ({
    ...turn,
    answers: models.map((_, column) => turn.answers[column] ?? { versions: [], shown: 0 }),
  }));
  return touched({ ...conversation, models, turns });
}

/** Takes a column away, with its answers. */
export function withoutColumn(conversation: Conversation, column: number): Conversation {
  const rest = <T>(items: readonly T[]): T[] => items.filter((_, n) => n !== column);
  const turns = conversation.turns.map((turn) => ({ ...turn, answers: rest(turn.answers) }));
  return touched({ ...conversation, models: rest(conversation.models), turns });
}

/** What the model of a column is sent for a turn: what was said before, and its own answers as they are shown. */
export function messagesFor(
  conversation: Conversation,
  turn: number,
  column: number,
): { role: string; content: string }[] {
  const messages: { role: string; content: string }[] = [];
  if (conversation.system.trim() !== "") messages.push({ role: "system", content: conversation.system });
  for (const [n, { text, answers }] of conversation.turns.slice(0, turn + 1).entries()) {
    const said = shownOf(answers[column]);
    // What was never answered in this column is not said in it.
    if (n < turn && (!said || said.text === "")) continue;
    messages.push({ role: "user", content: text });
    if (n < turn && said) messages.push({ role: "assistant", content: said.text });
  }
  return messages;
}

/** What is left of a conversation that was open when the page went: nothing writes any more. */
export function settled(conversation: Conversation): Conversation {
  const turns = conversation.turns.map((turn) => ({
    ...turn,
    answers: turn.answers.map((answer) => ({ ...answer, versions: answer.versions.map(ended) })),
  }));
  return { ...conversation, turns };
}

function ended(version: Version): Version {
  return version.state === "writing" ? { ...version, state: "stopped" } : version;
}

function changed(
  conversation: Conversation,
  turn: number,
  column: number,
  change: (answer: Answer) => Answer,
): Conversation {
  const turns = conversation.turns.map((one, n) =>
    n === turn
      ? { ...one, answers: one.answers.map((answer, at) => (at === column ? change(answer) : answer)) }
      : one,
  );
  return touched({ ...conversation, turns });
}

function touched(conversation: Conversation): Conversation {
  return { ...conversation, updatedMs: Date.now() };
}
