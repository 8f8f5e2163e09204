/** Elements in the document, with the services around them, and controls by their accessible names. */
import { ContextProvider } from "@lit/context";
import { html, LitElement } from "lit";
import { noticesContext, preferencesContext, sessionContext } from "../services/contexts.ts";
import { Preferences } from "../services/preferences.ts";
import type { TestSession } from "./session.ts";

class TestHost extends LitElement {
  override render() {
    return html`<slot></slot>`;
  }
}
customElements.define("test-host", TestHost);

const CONTROLS = "button, input, select, a[href], [role], [tabindex]";

/** Puts one element into an empty page. */
export async function mount<T extends LitElement>(
  tag: string,
  session: TestSession,
  properties: Partial<T> = {},
): Promise<T> {
  document.body.replaceChildren();
  document.body.style.cssText = "margin: 0; width: 640px; height: 480px";
  const host = new TestHost();
  new ContextProvider(host, { context: sessionContext, initialValue: session.service });
  new ContextProvider(host, { context: noticesContext, initialValue: session.notices });
  new ContextProvider(host, { context: preferencesContext, initialValue: new Preferences() });
  document.body.append(host);
  const element = Object.assign(document.createElement(tag) as T, properties);
  host.append(element);
  await element.updateComplete;
  return element;
}

/** All controls below, through shadow roots. */
export function controls(root: ParentNode): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    // A widget of the library names its own parts.
    if (element.matches(CONTROLS)) found.push(element);
    if (element.shadowRoot && element.localName.startsWith("ep-"))
      found.push(...controls(element.shadowRoot));
  }
  return found;
}

/** What a control is called, by what names it here: aria-label, a label around it or for it, its text. */
export function nameOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const labels =
    element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
  return (labels?.[0]?.textContent ?? element.textContent ?? "").trim();
}

/** The control of this name. @throws when there is none */
export function control<T extends HTMLElement>(root: LitElement, name: string): T {
  const found = controls(root.renderRoot as ShadowRoot).find((element) => nameOf(element) === name);
  if (!found) {
    const names = controls(root.renderRoot as ShadowRoot).map(nameOf);
    throw new Error(`No control is called "${name}"; there are: ${names.join(", ")}.`);
  }
  return found as T;
}

/** Waits until something holds. @throws with `what` when it does not within 5 s */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It did not happen: ${what}.`);
}

/** Moves a slider as a hand does: through values, then lets go. */
export function drag(input: HTMLInputElement, values: readonly number[]): void {
  for (const value of values) {
    input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
