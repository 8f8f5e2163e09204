/** Whose job is next. Pure: the same waiting and running jobs give the same answer. */

/** How many places in its owner's line one step of priority is worth. */
export const PLACES_PER_PRIORITY = 8;

/** The range of priorities; bounded, so that a job is overtaken only by so many later ones. */
export const PRIORITIES = { lowest: -2, highest: 2 } as const;

/** A job that waits. */
export interface WaitingJob {
  readonly id: string;
  readonly person: string;
  readonly priority: number;
  /** Its number among its owner's jobs. */
  readonly turn: number;
}

/** What a person holds and when they were last served. */
export interface Share {
  /** Jobs that run. */
  readonly running: number;
  /** What these weigh: GPUs, at least one each. */
  readonly weight: number;
  /** Number of the latest start; 0 for nobody's turn yet. */
  readonly servedAt: number;
}

const NOTHING: Share = { running: 0, weight: 0, servedAt: 0 };

/**
 * The next job: of the person who holds least, and of those the one who waits longest since a job of theirs began. Among
 * one person's jobs priority decides, and is worth a bounded number of places. People at their limit are passed over.
 */
export function nextJob(
  waiting: readonly WaitingJob[],
  shares: ReadonlyMap<string, Share>,
  runningPerPerson: number,
): WaitingJob | undefined {
  const first = new Map<string, WaitingJob>();
  for (const job of waiting) {
    const best = first.get(job.person);
    if (!best || before(job, best)) first.set(job.person, job);
  }
  let chosen: WaitingJob | undefined;
  for (const job of first.values()) {
    const share = shares.get(job.person) ?? NOTHING;
    if (share.running >= runningPerPerson) continue;
    if (!chosen || sooner(job, share, chosen, shares.get(chosen.person) ?? NOTHING)) chosen = job;
  }
  return chosen;
}

function before(a: WaitingJob, b: WaitingJob): boolean {
  const [left, right] = [place(a), place(b)];
  return left === right ? a.turn < b.turn : left < right;
}

function place(job: WaitingJob): number {
  return job.turn - PLACES_PER_PRIORITY * job.priority;
}

function sooner(a: WaitingJob, ofA: Share, b: WaitingJob, ofB: Share): boolean {
  if (ofA.weight !== ofB.weight) return ofA.weight < ofB.weight;
  if (ofA.servedAt !== ofB.servedAt) return ofA.servedAt < ofB.servedAt;
  // Two people who were never served: any order does, as long as it is always the same.
  return a.person < b.person;
}
