import type { Terminal } from '../terminal.ts';
import type { ArtistClient } from './artist-client.ts';

/** What the assistant said in the last turn, and what it offered to say next. */
export interface Reply {
  readonly reply: string;
  readonly suggestions: readonly string[];
}

/** Reads the last turn's words. */
export function readReply({ state }: ArtistClient): Reply {
  const parts = state.turns.at(-1)?.parts ?? [];
  return {
    reply: parts.flatMap((part) => (part.kind === 'text' ? [part.text.trim()] : [])).join('\n'),
    suggestions: parts.flatMap((part) => (part.kind === 'suggestions' ? part.suggestions : [])),
  };
}

/** Prints them, offers as a list. */
export function printReply(terminal: Terminal, { reply, suggestions }: Reply): void {
  if (reply !== '') terminal.print(reply);
  for (const suggestion of suggestions) terminal.print(`  › ${suggestion}`);
}
