/** The sheet of keys: whole, and filtered. */
import { expect } from "chai";
import "../ui/webawesome.ts";
import { control, until } from "../testing/page.ts";
import { type EpHelpSheet, filtered, KEYS } from "./help-sheet.ts";
import { KEY_NAMES } from "./keys.ts";
import { MODES } from "./tools/modes.ts";

const ARROWS: Readonly<Record<string, string>> = {
  ...{ ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" },
};

/** A key of the table as people read it. */
function written(name: string): string {
  const parts = /^(C-)?(A-)?(S-)?(.+)$/.exec(name);
  const [, control, alt, shift, key = ""] = parts ?? [];
  const shown = ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return `${control ? "Ctrl-" : ""}${alt ? "Alt-" : ""}${shift ? "Shift-" : ""}${shown}`;
}

describe("the help sheet", () => {
  it("has every key of the viewer's table, and the letters of every mode", () => {
    const words = KEYS.flatMap(([, rows]) => rows.flatMap(([key]) => key.split(/[ ,]+/)));
    for (const name of KEY_NAMES) expect(words).to.include(written(name));
    const letters = Object.values(MODES).flatMap((modes) => modes.map(({ key }) => key));
    for (const key of letters.filter((one) => /^[a-z]$/.test(one)))
      expect(words).to.include(key.toUpperCase());
  });

  it("keeps the rows that have all the words, wherever they are", () => {
    expect(filtered("  ")).to.equal(KEYS).and.length.above(5);
    expect(filtered("ctrl-g")).to.deep.equal([["View", [["Ctrl-G", "Grid"]]]]);
    expect(filtered("labels BRUSH").map(([title]) => title)).to.deep.equal(["Labels"]);
    expect(filtered("no such key")).to.deep.equal([]);
  });

  it("is filtered by its field, and says when nothing is left", async () => {
    const sheet = document.createElement("ep-help-sheet") as EpHelpSheet;
    document.body.replaceChildren(sheet);
    sheet.open = true;
    await sheet.updateComplete;
    const field = control<HTMLInputElement>(sheet, "Filter keys");
    const type = (value: string) => {
      field.value = value;
      field.dispatchEvent(new Event("input"));
    };
    const rows = () => sheet.renderRoot.querySelectorAll("dt").length;
    const all = rows();
    type("transpose");
    await until("few rows are left", () => rows() === 1);
    type("nothing like it");
    await until("it says so", () => sheet.renderRoot.querySelector('[role="status"]') !== null);
    type("");
    await until("all are back", () => rows() === all);
  });
});
