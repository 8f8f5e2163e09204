/** A form as a JSON schema (draft 2020-12), for programs that do not draw forms. */

/** An element, as far as a schema tells of it. */
export interface FormElement {
  readonly type: string;
  readonly name?: string | null;
  readonly label?: string | null;
  readonly text?: string | null;
  readonly placeholder?: string | null;
  readonly value?: unknown;
  readonly required?: boolean;
  readonly option?: unknown;
  readonly [more: string]: unknown;
}

/** A schema of an object. */
export interface ObjectSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** What each type of field is; the keys of its bounds are the element's. */
const TYPES: Readonly<Record<string, object>> = {
  ...{ text: {}, textarea: {}, search: {}, password: {}, tel: {} },
  ...{ email: { format: "email" }, url: { format: "uri" }, date: { format: "date" } },
  time: { pattern: "^\\d{2}:\\d{2}(:\\d{2})?$" },
  "datetime-local": { pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$" },
  month: { pattern: "^\\d{4}-\\d{2}$" },
  week: { pattern: "^\\d{4}-W\\d{2}$" },
  color: { pattern: "^#[0-9a-fA-F]{6}$" },
};

/** The schema of what is handed in. Buttons with a name are fields, too: handing in by one of them says which. */
export function schemaOf(elements: readonly FormElement[]): ObjectSchema {
  const properties: Record<string, object> = {};
  const required: string[] = [];
  for (const element of elements) {
    const { name } = element;
    const schema = name ? fieldOf(element) : undefined;
    if (!name || !schema) continue;
    const before = properties[name] as { enum?: unknown[] } | undefined;
    if (element.type === "action" && before?.enum) before.enum.push(String(element.value ?? ""));
    else properties[name] = schema;
    if (element.required && isEmpty(element.value)) required.push(name);
  }
  return {
    ...{ type: "object", properties },
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** What a form hands in where nothing of it is touched, as a page does. */
export function openingFields(elements: readonly FormElement[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { name, type, value } of elements)
    if (name && type !== "action" && type !== "file" && !isEmpty(value)) fields[name] = value;
  return fields;
}

function fieldOf(element: FormElement): object | undefined {
  const { type, label, placeholder, value } = element;
  const description = [label, placeholder && `for example ${placeholder}`].filter(Boolean).join("; ");
  const common = {
    ...(description !== "" && { description }),
    ...(!isEmpty(value) && type !== "action" && { default: value }),
  };
  switch (type) {
    case "number":
    case "range":
      return {
        ...{ type: "number", ...common },
        ...(typeof element.min_value === "number" && { minimum: element.min_value }),
        ...(typeof element.max_value === "number" && { maximum: element.max_value }),
      };
    case "boolean":
      return { type: "boolean", ...common };
    case "select":
    case "radio":
      return { ...common, enum: optionsOf(element, Boolean(element.required)) };
    case "action":
      return { type: "string", description: "which button", enum: [String(value ?? "")] };
    case "file":
      return {
        type: "string",
        description: `${label ?? "files"}: what /files/init and /files/chunk took, as JSON {"batchId","items":{upload_id:{"filename","totalChunks"}}}`,
      };
    default:
      return Object.hasOwn(TYPES, type)
        ? { type: "string", ...TYPES[type], ...boundsOf(element), ...common }
        : undefined;
  }
}

function boundsOf({ min_length, max_length, pattern }: FormElement): object {
  return {
    ...(typeof min_length === "number" && { minLength: min_length }),
    ...(typeof max_length === "number" && { maxLength: max_length }),
    // A form's pattern is of the whole text, a schema's of a part of it.
    ...(typeof pattern === "string" && pattern !== "" && { pattern: `^(?:${pattern})$` }),
  };
}

function optionsOf({ option }: FormElement, required: boolean): unknown[] {
  const names = Array.isArray(option) ? option.map((one) => (one as { name?: unknown }).name) : [];
  return required ? names : ["", ...names];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}
