/** What came is not a notebook, or not one that can be read: a sentence for people. The only error that reading throws. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
}
