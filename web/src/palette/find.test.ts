import { describe, expect, it } from "vitest";
import type { PaletteCommand } from "./commands.ts";
import { find } from "./find.ts";

const command = (title: string, group = "Notebook"): PaletteCommand => ({
  title,
  group,
  icon: "code",
  act: () => {},
});
const commands = [
  command("Run all cells"),
  command("Restart the kernel"),
  command("Toggle line numbers"),
  command("Settings", "Go to"),
];
const titles = (typed: string): string[] => find(commands, typed).map((match) => match.command.title);

describe("the palette's search", () => {
  it("shows all in their order when nothing is typed", () => {
    expect(titles(" ")).toEqual(commands.map(({ title }) => title));
  });
  it("finds letters in order, the best first, and by the group", () => {
    expect(titles("rac")[0]).toBe("Run all cells");
    expect(titles("kernel")[0]).toBe("Restart the kernel");
    expect(titles("go to")).toEqual(["Settings"]);
    expect(titles("xyzzy")).toEqual([]);
  });
  it("marks what was found, and loses no letter of the title", () => {
    const [match] = find(commands, "numb");
    expect(match?.title.filter(({ found }) => found).map(({ text }) => text)).toEqual(["numb"]);
    expect(match?.title.map(({ text }) => text).join("")).toBe("Toggle line numbers");
  });
});
