/** What goes of a person's documents with their account. */
import type { OnDelete } from "../accounts/deletion.ts";
import type { Notebooks } from "./notebooks.ts";

/** For `Deletion.onDelete`. */
export function notebooksOfAccounts(notebooks: Notebooks): OnDelete {
  const { store, files } = notebooks;
  const projects = (userId: string) => store.projectsOf(userId, false);
  return {
    preview(userId) {
      const own = projects(userId);
      const count = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
      return [
        { what: "projects", count: own.length },
        { what: "notebooks", count: count(own.map((project) => project.notebooks)) },
        { what: "files", count: count(own.map(({ id }) => files.list(id).length)) },
      ];
    },
    async remove(userId) {
      for (const { id } of projects(userId)) await notebooks.removeProject(id);
    },
  };
}
