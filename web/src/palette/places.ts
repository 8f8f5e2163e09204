/** Where one can go from anywhere: pages, notebooks, projects, sessions; and what the app itself can do. */
import type { Route, Router } from "../app/router.ts";
import type { NodeService } from "../services/node.ts";
import { createNotebook, listNotebooks, listProjects } from "../services/notebooks.ts";
import type { Notices } from "../services/notices.ts";
import type { PersonService } from "../services/person.ts";
import type { Preferences } from "../services/preferences.ts";
import { sentenceOf } from "../ui/loaded.ts";
import type { Commands, PaletteCommand } from "./commands.ts";

/** What the commands stand on. */
export interface Places {
  readonly router: Router;
  readonly person: PersonService;
  readonly node: NodeService;
  readonly preferences: Preferences;
  readonly notices: Notices;
}

/** Offers them, for as long as the app is open. What is added last is listed first. */
export function addPlaces(commands: Commands, places: Places): void {
  const { node, person } = places;
  const people = (): boolean => person.person !== undefined && person.person.role !== "guest";
  commands.add(async () => {
    if (!people()) return [];
    const sessions = await node.sessions();
    return sessions.map(({ session, title }) =>
      goTo(places, title || session, "Session", "box", { page: "view", session }),
    );
  });
  commands.add(async () => {
    const { items } = await listProjects();
    return items.map(({ id, name }) =>
      goTo(places, name, "Project", "folder", { page: "project", project: id }),
    );
  });
  commands.add(async () => {
    const { items } = await listNotebooks();
    return [...items]
      .sort((a, b) => b.updated_ms - a.updated_ms)
      .map(({ id, name }) => goTo(places, name, "Notebook", "book", { page: "notebook", notebook: id }));
  });
  commands.add(() => pages(places, people()));
}

function goTo(
  { router }: Places,
  title: string,
  group: string,
  icon: PaletteCommand["icon"],
  route: Route,
): PaletteCommand {
  return { title, group, icon, act: () => router.go(route) };
}

function pages(places: Places, people: boolean): readonly PaletteCommand[] {
  const { preferences, notices, router, person } = places;
  const to = (title: string, icon: PaletteCommand["icon"], route: Route) =>
    goTo(places, title, "Go to", icon, route);
  const dark = preferences.values.peek().theme !== "light";
  const theme: PaletteCommand = {
    title: dark ? "Light theme" : "Dark theme",
    group: "App",
    icon: dark ? "sun" : "moon",
    act: () => preferences.set({ theme: dark ? "light" : "dark" }),
  };
  if (!people)
    return [
      to("Shared with you", "house", { page: "home" }),
      to("Settings", "settings", { page: "settings" }),
      theme,
    ];
  const make = (what: string, work: () => Promise<Route>): (() => void) => {
    return () => {
      work().then(
        (route) => router.go(route),
        (cause: unknown) => notices.show("bad", `${what} was not made: ${sentenceOf(cause)}`),
      );
    };
  };
  return [
    {
      title: "New notebook",
      group: "App",
      icon: "plus",
      act: make("The notebook", async () => ({
        page: "notebook",
        notebook: await createNotebook("Untitled"),
      })),
    },
    {
      title: "New session",
      group: "App",
      icon: "plus",
      act: make("The session", async () => ({
        page: "view",
        session: (await places.node.createSession("Untitled", [])).session,
      })),
    },
    to("Start", "house", { page: "home" }),
    to("Chat", "message", { page: "chat", model: "" }),
    to("Models and training", "brain", { page: "models", filter: "" }),
    to("Files to train on", "database", { page: "data" }),
    to("nanochat", "brain", { page: "nanochat" }),
    to("Evaluate", "check", { page: "evaluate", model: "" }),
    to("Flows", "route", { page: "flows", words: "", tag: "" }),
    to("Runs of flows", "activity", { page: "timeline", words: "", status: "" }),
    to("Search notebooks", "search", { page: "search", query: "" }),
    to("Account", "user", { page: "account" }),
    ...(person.person?.role === "owner" ? [to("Administration", "shield", { page: "admin" })] : []),
    to("Settings", "settings", { page: "settings" }),
    theme,
  ];
}
