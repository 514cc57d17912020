import type { Problem } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog, isOwnClass } from '../catalog.ts';

/**
 * True for what ComfyUI may take all the same: a pack's node can check its settings by itself (`VALIDATE_INPUTS`), and
 * `/object_info` does not tell whether it does. Whoever wants to know asks the server, which queues nothing that it refuses.
 */
export function mayBeTaken({ type, classType }: Problem, catalog: NodeCatalog): boolean {
  const nodeClass = classType === undefined ? undefined : catalog.get(classType);
  return nodeClass !== undefined && !isOwnClass(nodeClass) && LEFT_TO_THE_NODE.has(type);
}

/** What such a node's check takes the place of, in execution.py of 0.3.64. */
const LEFT_TO_THE_NODE: ReadonlySet<string> = new Set([
  'value_not_in_list',
  'value_smaller_than_min',
  'value_bigger_than_max',
  'return_type_mismatch',
]);
