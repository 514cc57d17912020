import { parseExactJson, stringifyExactJson } from '../../base/exact-json.ts';
import { withExactText } from '../../base/json-writer.ts';
import type { JsonObject } from '../../base/json.ts';
import type { WorkflowDocument } from './document.ts';
import { spliceJson } from './lossless/splice-json.ts';

/**
 * Writes the workflow as JSON. What is as it was read has the bytes that it was read from; without a source
 * text two spaces per level. Exact integers and every unknown key in both.
 */
export function serializeWorkflow(document: WorkflowDocument): string {
  return fromSource(document) ?? `${stringifyExactJson(document.root, 2)}\n`;
}

/**
 * The workflow's JSON as it is put into a message: written, it has numbers spelled and keys ordered as in
 * the text that it was read from.
 */
export function toExactJson(document: WorkflowDocument): JsonObject {
  return document.source === undefined
    ? document.root
    : withExactText(document.root, () => serializeWorkflow(document));
}

function fromSource({ source, root }: WorkflowDocument): string | undefined {
  if (source === undefined) return undefined;
  const original = parseExactJson(source);
  return original.ok ? spliceJson(source, original.value, root) : undefined;
}
