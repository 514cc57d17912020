import { type JsonObject, isJsonObject } from '../../base/json.ts';
import type { Check } from '../../contract/run/run.schema.ts';
import type { WorkflowView } from '../workflow/view/view.ts';
import { type InspectedOutput, LIVE_ONLY } from './check-pictures.ts';

/**
 * Nodes that make a picture of whatever reaches them, and put out none: ComfyUI ends such a run well. It skips what
 * comes after a node that blocks, as a switch does on purpose, so that this alone is no fault of the run.
 */
export function checkSilent(
  payload: JsonObject,
  outputs: readonly InspectedOutput[],
  view: WorkflowView,
): readonly Check[] {
  const heard = new Set(outputs.map(({ output }) => output.nodeId));
  return Object.entries(payload).flatMap(([nodeId, node]): readonly Check[] => {
    const classType = isJsonObject(node) ? node['class_type'] : undefined;
    const why = typeof classType === 'string' ? reasons.get(classType) : undefined;
    if (why === undefined || heard.has(nodeId)) return [];
    const title = view.node(nodeId)?.title ?? `Node ${nodeId}`;
    return [{ what: `${title} has a picture`, outcome: 'unknown', detail: `${title} ${why}` }];
  });
}

const SKIPPED = 'was left out: ComfyUI came to a node before it that lets nothing pass this time.';
/** Classes of 0.3.64 that always put out what they were given, as recorded. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['SaveImage', SKIPPED],
  ['PreviewImage', SKIPPED],
  [
    LIVE_ONLY,
    'sends its pictures over the live connection only, and ComfyUI keeps no file of them. A Save Image node keeps one.',
  ],
]);
