/** What a caller can do something about. */
export class JobError extends Error {
  override readonly name = "JobError";
  /** For programs. */
  readonly code: "not_found" | "state" | "limit" | "invalid";

  constructor(code: JobError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
