/** The elements of forms, as the node tells them. */

/** An option of a select or a radio. `name` is its value. */
export interface FormOption {
  readonly name: string;
  readonly label: string | null;
  readonly value: boolean;
}

/** One element; which fields it has follows from its type. */
export interface FormElement {
  readonly type: string;
  readonly name?: string;
  readonly label?: string | null;
  readonly value?: unknown;
  readonly required?: boolean;
  readonly text?: string | null;
  readonly placeholder?: string | null;
  readonly pattern?: string | null;
  readonly size?: number | null;
  readonly rows?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly step?: number | null;
  /** Of a checkbox its words, of a select or radio its options. */
  readonly option?: string | readonly FormOption[] | null;
  readonly multiple?: boolean;
  readonly directory?: boolean;
  readonly [bound: `min_${string}` | `max_${string}`]: number | string | null | undefined;
}

/** Values by the fields' names. */
export type Values = Readonly<Record<string, unknown>>;

/** Types that are one line of input, by the browser's own name. */
export const INPUT_TYPES: ReadonlySet<string> = new Set([
  ...["text", "number", "password", "date", "time", "datetime-local", "email", "url", "tel", "search"],
  ...["month", "week", "color", "range"],
]);

/** What a form opens with: the author's values, and over them those given, as text. */
export function openingValues(elements: readonly FormElement[], given: URLSearchParams): Values {
  const values: Record<string, unknown> = {};
  for (const element of elements) {
    const { name, type } = element;
    if (!name || type === "action") continue;
    const from = type === "password" || type === "hidden" ? null : given.get(name);
    if (type === "boolean") values[name] = from === null ? element.value === true : from === "true";
    else values[name] = from ?? element.value ?? "";
  }
  return values;
}

/** The query of an address that opens the form with these values; without those that are as they open, and without passwords. */
export function fillingQuery(elements: readonly FormElement[], values: Values): string {
  const opens = openingValues(elements, new URLSearchParams());
  const query = new URLSearchParams();
  for (const { name, type } of elements) {
    if (!name || ["password", "hidden", "action", "file"].includes(type)) continue;
    if (values[name] !== opens[name]) query.set(name, String(values[name] ?? ""));
  }
  return query.toString();
}

/** The least and the most of a field, whatever the type calls them. */
export function boundsOf(element: FormElement): {
  readonly min: string | number | null;
  readonly max: string | number | null;
} {
  const end: Readonly<Record<string, string>> = {
    number: "value",
    range: "value",
    date: "date",
    time: "time",
    "datetime-local": "datetime",
    month: "month",
    week: "week",
  };
  const name = end[element.type];
  if (name === undefined) return { min: null, max: null };
  return { min: element[`min_${name}`] ?? null, max: element[`max_${name}`] ?? null };
}

const BUTTONS = new Set(["submit", "action", "cancel"]);

/** Buttons that follow one another stand in one line. */
export function grouped(elements: readonly FormElement[]): FormElement[][] {
  const groups: FormElement[][] = [];
  for (const element of elements) {
    const last = groups.at(-1);
    if (last?.[0] && BUTTONS.has(last[0].type) && BUTTONS.has(element.type)) last.push(element);
    else groups.push([element]);
  }
  return groups;
}

/** The options of a select or a radio. */
export function optionsOf(element: FormElement): readonly FormOption[] {
  return Array.isArray(element.option) ? (element.option as readonly FormOption[]) : [];
}
