/** Something that cannot be done now; a sentence for people. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
}
