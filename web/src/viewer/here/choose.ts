/** Where pictures are drawn, and why: what the person wants, what there is, and what was measured. Pure. */

/** What the person chose in the display of latencies. */
export type PlaceWanted = "auto" | "here" | "node";

/** All that the choice depends on. */
export interface PlaceFacts {
  readonly wanted: PlaceWanted;
  /** Where pictures are drawn now: what is as fast stays. */
  readonly now: "here" | "node";
  /** "gpu", or the name of what computes on the node's CPU; empty while nobody has told. */
  readonly nodeKind: string;
  /** Milliseconds from input to picture by way of the node: network, drawing, encoding, decoding. */
  readonly nodeMs: number | undefined;
  /** This browser's adapter; null: it has none; undefined: not looked for yet. */
  readonly adapter: { readonly software: boolean } | null | undefined;
  /** Milliseconds that a picture of this canvas takes here. */
  readonly hereMs: number | undefined;
  /** A film is made of the stream. */
  readonly recording: boolean;
  /** Why this scene cannot be drawn here; empty when it can. */
  readonly obstacle: string;
}

/** The choice. `ask`: something must be found out first. */
export interface PlaceChoice {
  readonly where: "here" | "node";
  /** A sentence for people. */
  readonly why: string;
  readonly ask?: "adapter" | "measure";
}

/** The other place must be so much faster before it is taken. */
const BETTER = 1.25;

/** See the file's comment. */
export function choosePlace(facts: PlaceFacts): PlaceChoice {
  const { wanted, adapter, obstacle } = facts;
  const node = (why: string, ask?: PlaceChoice["ask"]): PlaceChoice =>
    ask === undefined ? { where: "node", why } : { where: "node", why, ask };
  if (wanted === "node") return node("You chose the node.");
  if (wanted === "auto" && facts.nodeKind === "gpu") return node("The node has a GPU.");
  if (wanted === "auto" && facts.nodeKind === "") return node("The node has not told what it draws with.");
  if (adapter === undefined) return node("This computer's GPU is looked for.", "adapter");
  if (adapter === null) return node("This browser gives the page no GPU (WebGPU).");
  if (wanted === "auto" && adapter.software) return node("This computer would draw on its CPU.");
  if (obstacle !== "") return node(obstacle);
  if (facts.recording) return node("A film is recorded of what the node sends.");
  if (wanted === "here") return { where: "here", why: "You chose this computer." };
  if (facts.hereMs === undefined) return node("This computer's GPU is measured.", "measure");
  if (facts.nodeMs === undefined) return node("The node's pictures are measured.");
  const stays =
    facts.now === "here" ? facts.hereMs <= facts.nodeMs * BETTER : facts.hereMs * BETTER < facts.nodeMs;
  const figures = `${round(facts.hereMs)} ms here, ${round(facts.nodeMs)} ms by way of the node`;
  return stays
    ? { where: "here", why: `This computer is faster: ${figures}.` }
    : node(`The node is as fast: ${figures}.`);
}

const round = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
