import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../base/json.ts';
import type { Client } from '../../contract/wire/client.ts';
import type { ChangeSet, SessionState } from '../../contract/session.schema.ts';
import { applyOps } from '../../domain/workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../../domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import { describeDiff } from '../../domain/workflow/describe/describe-diff.ts';
import { diffWorkflows } from '../../domain/workflow/diff/diff-workflows.ts';
import type { DiffEntry, Op } from '../../contract/workflow.schema.ts';

/** What a change set would change, in words; its intent when that cannot be told. */
export async function describeChangeSet(
  client: Client,
  state: SessionState,
  changeSet: ChangeSet,
): Promise<readonly string[]> {
  const diff = await diffChangeSet(client, state, changeSet);
  const lines = describeDiff(diff);
  return lines.length === 0 ? [changeSet.intent] : lines;
}

/** What a change set would change in the open workflow; nothing when it does not fit any more. */
export async function diffChangeSet(
  client: Client,
  { workflow }: SessionState,
  { ops }: ChangeSet,
): Promise<readonly DiffEntry[]> {
  if (workflow === null) return [];
  const document = { format: workflow.format, root: workflow.document };
  const catalog = await readWorkflowCatalog(client, workflow.document, ops);
  const changed = applyOps(document, ops, catalog);
  return changed.ok ? diffWorkflows(document, changed.value.document, catalog) : [];
}

const MAX_CLASSES = 2_000;

/** The node classes that a workflow, and ops on it, are about. */
export async function readWorkflowCatalog(
  client: Client,
  workflow: JsonObject,
  ops: readonly Op[],
): Promise<NodeCatalog> {
  const wanted = new Set(classTypesIn(workflow));
  for (const op of ops) if ('classType' in op) wanted.add(op.classType);
  const classTypes = [...wanted].slice(0, MAX_CLASSES);
  const answer = await client.call('catalog/classes', { classTypes });
  return createNodeCatalog(answer.ok ? answer.value.objectInfo : {});
}

/** Every text that may name a node class, in both formats and in subgraphs; unknown ones are left out by the core. */
function classTypesIn(value: JsonValue): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(classTypesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    (key === 'type' || key === 'class_type') && typeof child === 'string'
      ? [child]
      : classTypesIn(child),
  );
}
