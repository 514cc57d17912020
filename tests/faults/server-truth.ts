/** How a run really ended, as ComfyUI's own history has it; "unknown" when it never ran there. */
export type TrueEnding = 'succeeded' | 'failed' | 'interrupted' | 'unknown';

/** Asks the server itself, past every fault, how all its runs ended. */
export async function readTruth(url: string): Promise<ReadonlyMap<string, TrueEnding>> {
  const answer = await fetch(`${url}/history?max_items=100000`);
  const entries = (await answer.json()) as Record<string, HistoryJson>;
  return new Map(Object.entries(entries).map(([id, { status }]) => [id, toEnding(status)]));
}

/**
 * True when `told` is what the artist should be told about a run that ended as `truth`. Everything that
 * this suite renders leaves pictures that prove its success, so "not known" is no answer to one; to
 * another end only where the server forgot the run.
 */
export function isRightEnding(
  told: string | undefined,
  truth: TrueEnding,
  { isForgotten }: { readonly isForgotten: boolean },
): boolean {
  const isUnclear = told === 'unclear' && isForgotten;
  switch (truth) {
    case 'succeeded':
      return told === 'succeeded' || told === 'verified' || told === 'needs-attention';
    case 'failed':
      return told === 'failed' || isUnclear;
    case 'interrupted':
      return told === 'cancelled' || isUnclear;
    case 'unknown':
      return told === 'cancelled' || told === 'failed' || told === 'unclear';
  }
}

interface HistoryJson {
  readonly status: {
    readonly status_str: string;
    readonly messages: readonly (readonly [string, unknown])[];
  };
}

function toEnding({ status_str: status, messages }: HistoryJson['status']): TrueEnding {
  if (messages.some(([name]) => name === 'execution_interrupted')) return 'interrupted';
  return status === 'success' ? 'succeeded' : 'failed';
}
