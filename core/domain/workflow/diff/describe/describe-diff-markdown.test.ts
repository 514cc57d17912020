import { describe, expect, it } from 'vitest';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { describeDiffMarkdown } from './describe-diff-markdown.ts';

const renamed = (to: string): DiffEntry => ({ kind: 'title-changed', nodeId: '3', from: 'A', to });

describe('describeDiffMarkdown', () => {
  it('says so when nothing differs', () => {
    expect(describeDiffMarkdown([])).toBe('No difference that matters.\n');
  });

  it('counts and lists the changes', () => {
    expect(describeDiffMarkdown([renamed('B')])).toBe('**1 change**\n\n- Renamed A to B\n');
    expect(describeDiffMarkdown([renamed('B'), renamed('C')])).toBe(
      '**2 changes**\n\n- Renamed A to B\n- Renamed A to C\n',
    );
  });

  it('takes no name or value for formatting, nor for a new line', () => {
    expect(describeDiffMarkdown([renamed('<b>&amp; *x* _y_ [z](w) | ~a~ `b` # \\\n\n- c')])).toBe(
      '**1 change**\n\n- Renamed A to &lt;b>&amp;amp; \\*x\\* \\_y\\_ \\[z\\](w) \\| \\~a\\~ \\`b\\` \\# \\\\ - c\n',
    );
  });
});
