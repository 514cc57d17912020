import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../tests/fixtures/edit-workflows.ts';
import { type DiffEntry, type Op } from '../../contract/workflow.schema.ts';
import { applyOps } from './apply-ops.ts';
import { describeDiffMarkdown } from './diff/describe/describe-diff-markdown.ts';
import { describeDiffMermaid } from './diff/describe/describe-diff-mermaid.ts';
import { diffWorkflows } from './diff-workflows.ts';

const catalog = coreCatalog();

function diffOf(...ops: readonly Op[]): readonly DiffEntry[] {
  const base = textToImage();
  const applied = applyOps(base, ops, catalog);
  if (!applied.ok) throw new Error(applied.error.code);
  return diffWorkflows(base, applied.value.document, catalog);
}

const steps: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 };
const hostile: Op = { op: 'set_title', nodeId: '3', title: '<b>"*x*"</b> [y](z) | `' };
const preview: readonly Op[] = [
  { op: 'add_node', nodeId: '20', classType: 'PreviewImage' },
  { op: 'connect', from: { nodeId: '8', output: 0 }, to: { nodeId: '20', input: 'images' } },
  { op: 'delete_node', nodeId: '9' },
];

describe('describeDiffMarkdown', () => {
  it('counts and lists the changes', () => {
    expect(describeDiffMarkdown(diffOf(steps))).toBe(
      '**1 change**\n\n- Steps 20 → 30 on KSampler\n',
    );
    expect(describeDiffMarkdown([])).toBe('No difference that matters.\n');
  });

  it('takes no name or value for formatting', () => {
    const text = describeDiffMarkdown(diffOf(hostile));
    expect(text).not.toMatch(/<b>|[^\\]\*x|[^\\]\[y/);
  });
});

describe('describeDiffMermaid', () => {
  it('draws what is concerned, with what changed on it', () => {
    const text = describeDiffMermaid(diffOf(steps, ...preview));
    expect(text.split('\n')[0]).toBe('flowchart LR');
    expect(text).toContain('["KSampler<br>Steps 20 → 30"]:::changed');
    expect(text).toMatch(/\["[^"]*\(new\)|#40;new#41;"\]:::added/);
    expect(text).toContain(':::removed');
    expect(text).toMatch(/n\d+ -->\|"IMAGE to images"\| n\d+/);
    expect(text).toMatch(/n\d+ -\.->\|"IMAGE to images #40;removed#41;"\| n\d+/);
  });

  it('takes no name for its own syntax', () => {
    const [line] = describeDiffMermaid(diffOf(hostile))
      .split('\n')
      .filter((each) => /n1/.test(each));
    expect(line?.replaceAll('<br>', '').match(/["[\]<>|`]/g)).toEqual(['[', '"', '"', ']']);
  });
});
