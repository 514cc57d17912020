/** A copy of state that the core owns, and the number of the last action that is in it. */
export interface Mirror<S> {
  readonly seq: number;
  readonly state: S;
}

/** A numbered action of either channel. */
interface Numbered {
  readonly seq: number;
}

/** What one numbered action did to a mirror. */
export type Step<S> =
  | { readonly kind: 'applied'; readonly mirror: Mirror<S> }
  /** Already in it; sent twice around a reconnect. */
  | { readonly kind: 'duplicate' }
  /** One or more before it are missing: ask for them, throw nothing away. */
  | { readonly kind: 'gap' };

/** Applies the next action with the core's own reducer; anything but the very next number changes nothing. */
export function stepMirror<S, E extends Numbered>(
  mirror: Mirror<S>,
  envelope: E,
  reduce: (state: S, envelope: E) => S,
): Step<S> {
  if (envelope.seq <= mirror.seq) return { kind: 'duplicate' };
  if (envelope.seq > mirror.seq + 1) return { kind: 'gap' };
  return {
    kind: 'applied',
    mirror: { seq: envelope.seq, state: reduce(mirror.state, envelope) },
  };
}

/** Applies a run of actions in order; stops at the first gap and says so. */
export function stepMirrorThrough<S, E extends Numbered>(
  mirror: Mirror<S>,
  envelopes: readonly E[],
  reduce: (state: S, envelope: E) => S,
): { readonly mirror: Mirror<S>; readonly hasGap: boolean } {
  let current = mirror;
  for (const envelope of envelopes) {
    const step = stepMirror(current, envelope, reduce);
    if (step.kind === 'gap') return { mirror: current, hasGap: true };
    if (step.kind === 'applied') current = step.mirror;
  }
  return { mirror: current, hasGap: false };
}
