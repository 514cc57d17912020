import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue } from '../../../base/json.ts';
import { applyPatch, reversePatch } from '../patch/apply-patch.ts';
import { type WorkflowDocument } from '../document.ts';
import { serializeWorkflow } from '../serialize-workflow.ts';
import { createEditScript } from './edit-script.ts';

function graph(nodes: readonly JsonValue[], more: JsonObject = {}): WorkflowDocument {
  return { format: 'graph', root: { nodes, links: [], ...more } };
}

function scriptOf(before: WorkflowDocument, after: WorkflowDocument) {
  const script = createEditScript(before, after);
  if (!script.ok) throw new Error(script.error.code);
  const there = applyPatch(before, script.value);
  const back = applyPatch(after, reversePatch(script.value));
  expect(there.ok && serializeWorkflow(there.value)).toBe(serializeWorkflow(after));
  expect(back.ok && serializeWorkflow(back.value)).toBe(serializeWorkflow(before));
  return script.value.entries.map(({ collection, id, before: was, after: is }) => [
    collection,
    id,
    was === undefined ? 'in' : is === undefined ? 'out' : 'other',
  ]);
}

const nodes = [1, 2, 3, 4, 5].map((id) => ({ id, type: 'Note', widgets_values: [id] }));

describe('createEditScript', () => {
  it('is empty between equal workflows', () => {
    expect(scriptOf(graph(nodes), graph([...nodes]))).toEqual([]);
  });

  it('names what came, what went and what is other now', () => {
    const after = [
      { ...nodes[0]!, mode: 4 },
      nodes[2]!,
      nodes[3]!,
      nodes[4]!,
      { id: 9, type: 'Note' },
    ];
    expect(scriptOf(graph(nodes), graph(after, { extra: {} }))).toEqual([
      ['node', '2', 'out'],
      ['node', '1', 'other'],
      ['node', '9', 'in'],
      ['key', 'extra', 'in'],
    ]);
  });

  it('moves as few nodes as it takes when their order changed', () => {
    const [a, b, c, d, e] = nodes;
    const after = graph([e, a, b, c, d] as readonly JsonValue[]);
    expect(scriptOf(graph(nodes), after)).toEqual([
      ['node', '5', 'out'],
      ['node', '5', 'in'],
    ]);
  });

  it('refuses to lead from one format to the other', () => {
    const script = createEditScript(graph(nodes), { format: 'api', root: {} });
    expect(!script.ok && script.error).toMatchObject({
      code: 'change/does-not-fit',
      data: { what: expect.stringContaining('API format') as string },
    });
  });
});
