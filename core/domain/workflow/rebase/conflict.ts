/** One thing that two edits both touch and leave differently, in an artist's words, without full stops. */
export interface Conflict {
  /** What both touch: "Steps on KSampler". */
  readonly what: string;
  /** What this side does to it. */
  readonly ours: string;
  /** What the other side did meanwhile. */
  readonly theirs: string;
}

/** A conflict as one sentence with both sides. */
export function describeConflict({ what, ours, theirs }: Conflict): string {
  return `${what}: here ${quote(ours)}, meanwhile ${quote(theirs)}.`;
}

function quote(text: string): string {
  return `“${text}”`;
}
