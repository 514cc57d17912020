import type { Tool } from '@modelcontextprotocol/server';
import type { ToolListing } from '../agents/agent-pool.ts';

/** What a client may tell its user about a tool; it follows from the effect and from nothing else. */
export function annotationsOf(effect: ToolListing['effect']): NonNullable<Tool['annotations']> {
  switch (effect) {
    case 'observe':
      return { readOnlyHint: true, openWorldHint: false };
    case 'propose':
      // Waits for the artist, and undo takes it back.
      return { readOnlyHint: false, destructiveHint: false, openWorldHint: false };
    case 'execute':
      return { readOnlyHint: false, destructiveHint: false, openWorldHint: true };
    case 'configure':
      return { readOnlyHint: false, destructiveHint: true, openWorldHint: false };
  }
}
