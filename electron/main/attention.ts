import { AttentionSchema } from '../../core/contract/attention.ts';

/** What getting the artist's attention needs. */
export interface AttentionParts {
  /** True when the artist looks at the window already. */
  readonly isFocused: () => boolean;
  readonly showWindow: () => void;
  readonly notify: (title: string, body: string, onClick: () => void) => void;
  readonly now: () => number;
}

/** A program that proposes again and again must not take the screen each time, ms. */
const PAUSE_MS = 10_000;

/** Brings the window forward and tells of it when another program waits for the artist. */
export function createAttention(parts: AttentionParts): (message: unknown) => void {
  const { isFocused, showWindow, notify, now } = parts;
  let last = Number.NEGATIVE_INFINITY;
  return (message) => {
    const attention = AttentionSchema.safeParse(message);
    if (!attention.success || isFocused() || now() - last < PAUSE_MS) return;
    last = now();
    showWindow();
    notify(attention.data.title, attention.data.body, showWindow);
  };
}
