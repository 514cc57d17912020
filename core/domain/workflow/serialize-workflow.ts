import { stringifyExactJson } from '../../base/exact-json.ts';
import type { WorkflowDocument } from './document.ts';

/** Writes the workflow as JSON with two spaces per level, exact integers and every unknown key. */
export function serializeWorkflow(document: WorkflowDocument): string {
  return `${stringifyExactJson(document.root, 2)}\n`;
}
