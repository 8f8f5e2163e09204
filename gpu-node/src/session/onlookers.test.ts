import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Onlooker } from "@eyepiece/protocol/viewer/presence.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Onlookers, type Participant } from "./onlookers.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = defaultView(emptyScene(), { width: 10, height: 10 });
class Person implements Participant {
  readonly heard: string[][] = [];
  here = true;
  pointer: number[] | null = null;
  readonly view: string;
  constructor(view: string) {
    this.view = view;
  }
  onlooker(): Onlooker | undefined {
    return this.here
      ? { view: this.view, name: this.view, at, size: { width: 10, height: 10 }, pointer: this.pointer }
      : undefined;
  }
  tellOthers(json: string): void {
    this.heard.push((JSON.parse(json) as Onlooker[]).map((one) => `${one.name} ${one.pointer ?? ""}`.trim()));
  }
}

test("each is told of the others, once for all that happened meanwhile, and not of canvases beside", () => {
  const [ada, ben, beside] = [new Person("ada"), new Person("ben"), new Person("ben-top")];
  const onlookers = new Onlookers(() => [ada, ben, beside]);
  onlookers.changed();
  onlookers.changed();
  vi.advanceTimersByTime(100);
  expect([ada.heard, ben.heard, beside.heard]).toEqual([[["ben"]], [["ada"]], []]);
  for (let i = 0; i < 10; i++) {
    ada.pointer = [i, 2];
    onlookers.changed();
  }
  vi.advanceTimersByTime(100);
  expect(ben.heard.slice(1)).toEqual([["ada 9,2"]]);
  expect(ada.heard.length).toBe(1);
});

test("one who goes is told of as gone, and alone nobody is told anything", () => {
  const [ada, ben] = [new Person("ada"), new Person("ben")];
  ben.here = false;
  const onlookers = new Onlookers(() => [ada, ben]);
  onlookers.changed();
  vi.advanceTimersByTime(100);
  expect(ada.heard).toEqual([]);
  ben.here = true;
  onlookers.changed();
  vi.advanceTimersByTime(100);
  ben.here = false;
  onlookers.changed();
  vi.advanceTimersByTime(100);
  expect(ada.heard).toEqual([["ben"], []]);
});

test("one who comes back is told all again, also that nobody is left", () => {
  const [ada, ben] = [new Person("ada"), new Person("ben")];
  const onlookers = new Onlookers(() => [ada, ben]);
  onlookers.changed();
  vi.advanceTimersByTime(100);
  onlookers.joined(ada);
  vi.advanceTimersByTime(100);
  ben.here = false;
  onlookers.joined(ada);
  vi.advanceTimersByTime(100);
  expect(ada.heard).toEqual([["ben"], ["ben"], []]);
  expect(ben.heard).toEqual([["ada"]]);
});
