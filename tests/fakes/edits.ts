import type { JsonObject } from '../../core/base/json.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import type { WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { coreCatalog } from '../fixtures/edit-workflows.ts';

const catalog = coreCatalog();

/** The document after these ops, which have to fit. */
export function edit(document: WorkflowDocument, ...ops: readonly Op[]): WorkflowDocument {
  const result = applyOps(document, ops, catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document;
}

/** Why these ops are not taken. */
export function refusal(document: WorkflowDocument, ...ops: readonly Op[]): AppError {
  const result = applyOps(document, ops, catalog);
  if (result.ok) throw new Error('the ops were taken');
  return result.error;
}

/** A node as it is stored. */
export function raw(document: WorkflowDocument, id: number | string): JsonObject {
  if (document.format === 'api') return document.root[id] as JsonObject;
  return (document.root['nodes'] as readonly JsonObject[]).find((node) => node['id'] === id)!;
}

/** The value of a setting. */
export function widget(document: WorkflowDocument, id: string, name: string): unknown {
  return viewWorkflow(document, catalog)
    .node(id)
    ?.widgets.find((each) => each.name === name)?.value;
}

/** Where an input gets its value from. */
export function source(document: WorkflowDocument, id: string, name: string): unknown {
  return viewWorkflow(document, catalog)
    .node(id)
    ?.inputs.find((each) => each.name === name)?.link;
}

/** Sets a setting. */
export const set = (nodeId: string, name: string, value: JsonObject[string]): Op => ({
  op: 'set_widget',
  nodeId,
  widget: name,
  value,
});
/** Connects an output to an input. */
export const link = (from: string, output: string | number, to: string, input: string): Op => ({
  op: 'connect',
  from: { nodeId: from, output },
  to: { nodeId: to, input },
});
