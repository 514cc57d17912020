import type { Problem } from '../../../contract/workflow.schema.ts';
import { findCauses } from '../catalogue.ts';
import type { FixKind } from '../failure-entry.ts';
import type { FixProposal, FixScene } from './fix-scene.ts';
import { findFixes } from './propose-fix.ts';

/** Types of problems that only we know, as ComfyUI does not see them. */
const OWN_TYPES: Readonly<Record<string, string>> = {
  file_not_listed: 'value_not_in_list',
  missing_linked_node: 'exception_during_validation',
  missing_linked_output: 'exception_during_validation',
};

/** What mends problems that only we know, or mend another way than their failure in a run. */
const OWN_FIXES: Readonly<Record<string, readonly FixKind[]>> = {
  off_grid: ['suggested-value'],
  model_family_clash: ['suggested-value'],
  text_encoder_type: ['suggested-value'],
  deprecated_node: ['successor'],
  missing_node_type: ['successor', 'bypass-missing'],
  bad_linked_input: ['same-link'],
  unknown_input: ['drop-input'],
};

/** What may mend a problem, the best first; not rehearsed. */
export function candidatesFor(
  { type, nodeId, input, message, suggestions }: Problem,
  scene: FixScene,
): readonly FixProposal[] {
  const said = `${OWN_TYPES[type] ?? type} ${message}`;
  const own = Object.hasOwn(OWN_FIXES, type) ? OWN_FIXES[type] : undefined;
  const kinds = [...(own ?? []), ...findCauses(said).flatMap(({ fix }) => fix ?? [])];
  const place = {
    said,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(input === undefined ? {} : { input }),
    ...(suggestions === undefined ? {} : { suggestions }),
  };
  return findFixes(
    [...kinds, ...(type === 'required_input_missing' ? ['default-value' as const] : [])],
    place,
    scene,
  );
}
