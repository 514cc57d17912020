import { describe, expect, it } from 'vitest';
import { parseWorkflow } from '../parse-workflow.ts';
import type { WorkflowDocument } from '../document.ts';
import { serializeWorkflow } from '../serialize-workflow.ts';
import { graphOf, nodeOf, stateOf, withNodes } from './graph-state.ts';

/** Ids out of JavaScript's order. */
const TEXT =
  '{"10": {"class_type": "A", "inputs": {"x": 1}}, "2": {"class_type": "B", "inputs": {}}, "2:3": {"class_type": "C", "inputs": {}}}';

function open(text: string): WorkflowDocument {
  const parsed = parseWorkflow(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

describe('a workflow in API format whose nodes are replaced in their places', () => {
  const read = open(TEXT);
  const changed = { class_type: 'B', inputs: { y: 2n ** 63n } };
  const next = withNodes(read, new Map([['2', changed]]));

  it('shares the nodes that stay, and the index of their ids', () => {
    expect(stateOf(next).index).toBe(stateOf(read).index);
    expect(stateOf(read).nodes.changesTo(stateOf(next).nodes)).toStrictEqual([1]);
    expect(nodeOf(stateOf(next), '2')).toBe(changed);
    expect(nodeOf(stateOf(next), '10')).toBe(nodeOf(stateOf(read), '10'));
  });

  it('keeps every node in its place', () => {
    expect(serializeWorkflow(next)).toBe(
      TEXT.replace('"inputs": {}', '"inputs": {"y": 9223372036854775808}'),
    );
  });

  it('is put together once, and known again by what was put together', () => {
    expect(next.root).toBe(graphOf(stateOf(next)));
    expect(stateOf({ format: 'api', root: next.root })).toBe(stateOf(next));
    expect(graphOf(stateOf(read))).toBe(read.root);
  });
});

it('gives the same object its own version in each format', () => {
  const root = { nodes: [{ id: 1, type: 'A' }] };
  expect([...stateOf({ format: 'graph', root }).index.positions.keys()]).toStrictEqual(['1']);
  expect([...stateOf({ format: 'api', root }).index.positions.keys()]).toStrictEqual(['nodes']);
  expect(stateOf({ format: 'graph', root }).index.ids).toStrictEqual(['1']);
});
