import type { SessionState } from '../../contract/session.schema.ts';
import type { SessionPart } from './resource-uris.ts';

/**
 * Which parts of a session are new; read from the two states, which share whatever stayed as it was. A save and a name
 * for a place in the history are no news of the workflow itself.
 */
export function changedParts(before: SessionState, after: SessionState): readonly SessionPart[] {
  const isOtherWorkflow = before.workflow?.revision !== after.workflow?.revision;
  const areOtherChanges = isOtherWorkflow || before.changeSets !== after.changeSets;
  return [
    ...(isOtherWorkflow ? (['workflow', 'payload'] as const) : []),
    ...(areOtherChanges ? (['changes', 'review'] as const) : []),
    ...(before.runs === after.runs ? [] : (['run'] as const)),
  ];
}
