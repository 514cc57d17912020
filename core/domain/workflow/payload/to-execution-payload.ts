import type { JsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { WorkflowDocument } from '../document.ts';
import { type Scope, createRootScope, payloadId } from './graph/scope.ts';
import type { PayloadNote } from './payload-note.ts';
import { emitNode } from './write/emit-node.ts';
import { createNameLookUp } from './write/name-look-up.ts';
import type { PayloadMoment } from './write/payload-moment.ts';
import { type Emitting, addNote } from './write/writing.ts';
import { isFrontendOnly } from '../view/frontend-only.ts';
import { toExactJson } from '../serialize-workflow.ts';

export type { PayloadMoment } from './write/payload-moment.ts';
export type { PayloadNote } from './payload-note.ts';

/** What is sent to `POST /prompt` as `prompt`, and what had to be decided to make it. */
export interface ExecutionPayload {
  readonly payload: JsonObject;
  readonly report: readonly PayloadNote[];
}

/**
 * Makes the execution payload of a workflow as ComfyUI's own page does (`graphToPrompt`, frontend 1.27);
 * an API-format workflow is one already. Error: `workflow/not-convertible` when no node would run.
 */
export function toExecutionPayload(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  moment: PayloadMoment = {},
): Result<ExecutionPayload, AppError> {
  if (document.format === 'api') return ok({ payload: toExactJson(document), report: [] });
  const root = createRootScope(document.root, catalog);
  const report: PayloadNote[] = [];
  const payload: Record<string, JsonObject> = {};
  emitScope(root, { moment, report, lookUp: createNameLookUp(root) }, payload);
  return Object.keys(payload).length === 0 ? err(nothingRuns()) : ok({ payload, report });
}

function emitScope(scope: Scope, emitting: Emitting, payload: Record<string, JsonObject>): void {
  for (const node of scope.graph.inRunOrder) {
    if (node.mode !== 'active') continue;
    const isUnknown = node.nodeClass === undefined;
    const inside = isUnknown ? scope.inside(node) : undefined;
    if (inside === 'endless') {
      const message = 'This subgraph contains itself, so it has no end; it was left out.';
      addNote({ emitting, scope, node }, 'left-out', message);
    } else if (inside !== undefined) emitScope(inside, emitting, payload);
    else if (!isUnknown || !isFrontendOnly(node.type)) {
      payload[payloadId(scope, node)] = emitNode(scope, node, emitting);
    } else if (!SILENT.has(node.type)) {
      const message = 'This node works only inside ComfyUI’s own page and was left out.';
      addNote({ emitting, scope, node }, 'left-out', message);
    }
  }
}

/** Page-only nodes that are fully followed, or say nothing to the server. */
const SILENT: ReadonlySet<string> = new Set([
  'Note',
  'MarkdownNote',
  'PrimitiveNode',
  'Reroute',
  'Reroute (rgthree)',
  'GetNode',
  'SetNode',
  'easy getNode',
  'easy setNode',
  'Label (rgthree)',
  'Bookmark (rgthree)',
]);

function nothingRuns(): AppError {
  const message =
    'No node in this workflow would run: it holds only notes, or everything in it is muted or bypassed.';
  return appError('workflow/not-convertible', {
    problems: [{ type: 'prompt_no_outputs', severity: 'error', message }],
  });
}
