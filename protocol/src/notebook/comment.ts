/** What somebody says about a cell, as the relay keeps it and pages show it. */
export interface Comment {
  readonly id: string;
  readonly cell: string;
  /** Id of who wrote it. */
  readonly author: string;
  /** Stays when the account goes. */
  readonly author_name: string;
  readonly text: string;
  readonly created_ms: number;
  readonly edited_ms: number | null;
  /** Set once its thread is settled. */
  readonly resolved_ms: number | null;
}
