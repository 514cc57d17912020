/** What a proposed change set does about a failure; `build-fixes.ts` has one builder for each. */
export type FixKind =
  | 'less-vram'
  | 'less-memory'
  | 'tile-decode'
  | 'grid-size'
  | 'matching-latent'
  | 'text-encoder-type'
  | 'full-precision'
  | 'add-text-encoder'
  | 'add-vae'
  | 'add-output'
  | 'installed-value'
  | 'other-file'
  | 'clamp'
  | 'default-value'
  | 'plain-prefix'
  | 'drop-link'
  | 'reconnect'
  | 'bypass'
  | 'suggested-value'
  | 'successor'
  | 'bypass-missing'
  | 'same-link'
  | 'drop-input';

/**
 * Something to do. `say` is a message that does it, `enter` the exact text to type or choose. `act` is one exact
 * thing to do by hand; `advice` is a direction only.
 */
export type FailureStep =
  | { readonly kind: 'say'; readonly label: string; readonly say: string }
  | { readonly kind: 'enter'; readonly label: string; readonly enter: string }
  | { readonly kind: 'act'; readonly label: string }
  | { readonly kind: 'advice'; readonly label: string };

/** One known failure: what its text looks like, what it means, and what to do. The facts are those of the field. */
export interface FailureEntry {
  /** Stable; never reused for another meaning. */
  readonly code: string;
  /** Searched in what was said, without regard to case. */
  readonly pattern: RegExp;
  /** Entries with the same cause are wordings of one thing, so they are no alternatives to each other. */
  readonly cause: string;
  /** `notice` does no harm; `stopped` was asked for. */
  readonly kind: 'memory' | 'failure' | 'notice' | 'stopped';
  readonly title: string;
  /** What happened, in whole sentences. */
  readonly meaning: string;
  /** The other thing that the same text can mean; then it is not decided between the two. */
  readonly otherwise?: string;
  /** What the text itself tells beyond the meaning: numbers, names. */
  readonly detail?: (said: string) => string | undefined;
  readonly fix?: FixKind;
  readonly steps: readonly FailureStep[];
}

/** A message that does it. */
export function say(message: string, label = message): FailureStep {
  return { kind: 'say', label, say: message };
}

/** One exact thing to do by hand. */
export function act(label: string): FailureStep {
  return { kind: 'act', label };
}

/** A direction only. */
export function advice(label: string): FailureStep {
  return { kind: 'advice', label };
}

/** Text to type or choose, where `label` says. */
export function enter(label: string, text: string): FailureStep {
  return { kind: 'enter', label: `${label} “${text}”`, enter: text };
}

/** An option in the command that starts ComfyUI. */
export function startWith(option: string): FailureStep {
  return enter('Start ComfyUI with', option);
}

/** A command for the Python that ComfyUI runs with. */
export function runInPython(command: string): FailureStep {
  return enter('In the Python that ComfyUI uses, run', command);
}

/** True when the step can be done without finding anything out first. */
export function isExact(step: FailureStep): boolean {
  return step.kind !== 'advice';
}
