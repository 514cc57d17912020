/** What the fault suite counted. Acknowledged: accepted change sets and queued runs that the artist was told of. */
export interface FaultTally {
  rounds: number;
  kills: number;
  faults: Record<string, number>;
  acknowledged: number;
  lost: number;
  wrongEndings: number;
  /** One sentence for everything lost or told wrongly. */
  details: string[];
}

/** A count of nothing yet. */
export function emptyTally(): FaultTally {
  return {
    rounds: 0,
    kills: 0,
    faults: {},
    acknowledged: 0,
    lost: 0,
    wrongEndings: 0,
    details: [],
  };
}

/** Adds two counts up. */
export function addTallies(a: FaultTally, b: FaultTally): FaultTally {
  return {
    rounds: a.rounds + b.rounds,
    kills: a.kills + b.kills,
    faults: addCounts(a.faults, b.faults),
    acknowledged: a.acknowledged + b.acknowledged,
    lost: a.lost + b.lost,
    wrongEndings: a.wrongEndings + b.wrongEndings,
    details: [...a.details, ...b.details],
  };
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
