import type { Run } from '../../../core/contract/run/run.schema.ts';
import { toValueText } from '../graph/build-scene-node.ts';

/** A run's telling values for the clipboard, one per line. */
export function settingsText(run: Run): string {
  return Object.entries(run.keyValues)
    .map(([name, value]) => `${name}: ${toValueText(value)}`)
    .join('\n');
}
