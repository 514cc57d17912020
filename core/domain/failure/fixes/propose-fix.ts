import type { Op } from '../../../contract/workflow.schema.ts';
import type { WorkflowDocument } from '../../workflow/document.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import { applyOps } from '../../workflow/ops/apply-ops.ts';
import { viewWorkflow } from '../../workflow/view/view-workflow.ts';
import type { FixKind } from '../failure-entry.ts';
import { addOutput, addTextEncoder, addVae } from './added-nodes.ts';
import { bypass, dropInput, dropLink, reconnect, sameLink } from './connections.ts';
import type { FailurePlace, FixBuilder, FixProposal, FixScene } from './fix-scene.ts';
import { lessMemory, lessVram, tileDecode } from './less-memory.ts';
import {
  clamp,
  defaultValue,
  fullPrecision,
  installedValue,
  otherFile,
  plainPrefix,
  suggestedValue,
  textEncoderType,
} from './settings.ts';
import { bypassMissing, successor } from './replaced-nodes.ts';
import { gridSize, matchingLatent } from './sizes.ts';

const builders = {
  'less-vram': lessVram,
  'less-memory': lessMemory,
  'tile-decode': tileDecode,
  'grid-size': gridSize,
  'matching-latent': matchingLatent,
  'text-encoder-type': textEncoderType,
  'full-precision': fullPrecision,
  'add-text-encoder': addTextEncoder,
  'add-vae': addVae,
  'add-output': addOutput,
  'installed-value': installedValue,
  'other-file': otherFile,
  clamp,
  'default-value': defaultValue,
  'plain-prefix': plainPrefix,
  'drop-link': dropLink,
  reconnect,
  bypass,
  'suggested-value': suggestedValue,
  successor,
  'bypass-missing': bypassMissing,
  'same-link': sameLink,
  'drop-input': dropInput,
} as const satisfies Readonly<Record<FixKind, FixBuilder>>;

/** What may settle a failure in this workflow, the best first; not rehearsed. */
export function findFixes(
  kinds: readonly FixKind[],
  place: FailurePlace,
  scene: FixScene,
): readonly FixProposal[] {
  return kinds.flatMap((kind) => builders[kind](place, scene));
}

/** What may settle a failure, the best first; every proposal was rehearsed and changes something. */
export function proposeFixes(
  kinds: readonly FixKind[],
  place: FailurePlace,
  document: WorkflowDocument,
  catalog: NodeCatalog,
): readonly FixProposal[] {
  const scene = { view: viewWorkflow(document, catalog), catalog };
  return findFixes(kinds, place, scene).filter(({ ops }) => isUsable(ops, document, catalog));
}

/** True when the edits can be made and change something. */
function isUsable(ops: readonly Op[], document: WorkflowDocument, catalog: NodeCatalog): boolean {
  const applied = applyOps(document, ops, catalog);
  return applied.ok && applied.value.document !== document;
}
