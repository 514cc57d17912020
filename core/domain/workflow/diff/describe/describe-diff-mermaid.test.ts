import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type DiffEntry, type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../../ops/apply-ops.ts';
import { diffWorkflows } from '../diff-workflows.ts';
import { describeDiffMermaid } from './describe-diff-mermaid.ts';

const catalog = coreCatalog();

function diffOf(...ops: readonly Op[]): readonly DiffEntry[] {
  const base = textToImage();
  const applied = applyOps(base, ops, catalog);
  if (!applied.ok) throw new Error(applied.error.code);
  return diffWorkflows(base, applied.value.document, catalog);
}

/** What stands between the first line and the styles. */
function drawn(entries: readonly DiffEntry[]): readonly string[] {
  const lines = describeDiffMermaid(entries).split('\n');
  return lines
    .slice(
      1,
      lines.findIndex((line) => line.includes('classDef')),
    )
    .map((line) => line.trim());
}

const node = (nodeId: string, nodeTitle: string) => ({ nodeId, nodeTitle });
const title = (from: string, to: string): DiffEntry => ({
  kind: 'title-changed',
  nodeId: '3',
  from,
  to,
});

describe('describeDiffMermaid', () => {
  it('draws what is concerned, with what changed on it, and how each kind looks', () => {
    expect(
      describeDiffMermaid(
        diffOf(
          { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 },
          { op: 'add_node', nodeId: '20', classType: 'PreviewImage' },
          {
            op: 'connect',
            from: { nodeId: '8', output: 0 },
            to: { nodeId: '20', input: 'images' },
          },
          { op: 'delete_node', nodeId: '9' },
        ),
      ),
    ).toBe(
      `flowchart LR
  n1["KSampler<br>Steps 20 → 30"]:::changed
  n2["Preview Image #40;new#41;"]:::added
  n3["VAE Decode"]:::touched
  n4["Save Image #40;removed#41;"]:::removed
  n3 -->|"IMAGE to images"| n2
  n3 -.->|"IMAGE to images #40;removed#41;"| n4
  classDef added stroke:#2da44e,stroke-width:3px
  classDef removed stroke:#cf222e,stroke-dasharray:4
  classDef changed stroke:#bf8700,stroke-width:2px
  classDef touched stroke:#6e7781
`,
    );
  });

  it('draws only its styles when nothing differs', () => {
    expect(drawn([])).toEqual([]);
  });

  it('writes every kind of change in the box that it happened to, in turn', () => {
    expect(
      drawn([
        title('Sampler', 'KSampler'),
        { kind: 'node-replaced', ...node('5', 'B'), from: 'A', to: 'B' },
        { kind: 'mode-changed', ...node('3', 'KSampler'), from: 'active', to: 'muted' },
        { kind: 'node-moved', ...node('5', 'B'), from: [0, 0], to: [1, 1] },
        { kind: 'document-changed', key: 'groups' },
        { kind: 'document-changed', key: 'extra.info' },
      ]),
    ).toEqual([
      'n1["KSampler<br>Renamed Sampler to KSampler<br>Muted KSampler"]:::changed',
      'n2["B<br>Replaced A with B<br>Moved B"]:::changed',
      'n3["The workflow<br>Changed the frames behind the nodes<br>Changed #34;info#34; in the workflow\'s notes"]:::changed',
    ]);
  });

  it('keeps a new node new when something else is told of it', () => {
    expect(
      drawn([
        { kind: 'node-added', ...node('5', 'B'), classType: 'B' },
        { kind: 'node-moved', ...node('5', 'B'), from: [0, 0], to: [1, 1] },
      ]),
    ).toEqual(['n1["B #40;new#41;<br>Moved B"]:::added']);
  });

  it('leaves out the name of the node only at the end of what is told', () => {
    expect(
      drawn([
        { kind: 'widget-changed', ...node('5', 'B'), widget: 'text', from: 'x on B y', to: '' },
      ]),
    ).toEqual(['n1["B<br>Text cleared"]:::changed']);
    expect(
      drawn([
        {
          kind: 'widget-changed',
          ...node('5', 'B'),
          widget: 'text',
          from: 'a',
          to: 'a note on Bo',
        },
      ]),
    ).toEqual(['n1["B<br>Text on B: added #34;note on Bo#34;"]:::changed']);
  });

  it('draws a removed and a new node of the same number as two', () => {
    expect(
      drawn([
        { kind: 'node-added', ...node('5', 'New'), classType: 'N' },
        {
          kind: 'link-added',
          from: { ...node('5', 'New'), output: 'OUT' },
          to: { ...node('6', 'Both'), input: 'in' },
        },
        {
          kind: 'link-removed',
          from: { ...node('5', 'Old'), output: 'OUT' },
          to: { ...node('6', 'Both'), input: 'in' },
        },
        { kind: 'node-removed', ...node('5', 'Old'), classType: 'O' },
      ]),
    ).toEqual([
      'n1["New #40;new#41;"]:::added',
      'n2["Both"]:::touched',
      'n3["Old #40;removed#41;"]:::removed',
      'n1 -->|"OUT to in"| n2',
      'n3 -.->|"OUT to in #40;removed#41;"| n2',
    ]);
  });

  it('draws each removed node in its own box, and one that only changed or lost a link in one', () => {
    const lost = (from: string, to: string): DiffEntry => ({
      kind: 'link-removed',
      from: { ...node(from, `N${from}`), output: 'OUT' },
      to: { ...node(to, `N${to}`), input: 'in' },
    });
    expect(
      drawn([
        { kind: 'mode-changed', ...node('1', 'N1'), from: 'active', to: 'muted' },
        lost('1', '2'),
        { kind: 'node-removed', ...node('3', 'N3'), classType: 'X' },
        lost('1', '3'),
        { kind: 'node-removed', ...node('4', 'N4'), classType: 'X' },
        lost('3', '4'),
      ]),
    ).toEqual([
      'n1["N1<br>Muted N1"]:::changed',
      'n2["N2"]:::touched',
      'n3["N3 #40;removed#41;"]:::removed',
      'n4["N4 #40;removed#41;"]:::removed',
      'n1 -.->|"OUT to in #40;removed#41;"| n2',
      'n1 -.->|"OUT to in #40;removed#41;"| n3',
      'n3 -.->|"OUT to in #40;removed#41;"| n4',
    ]);
  });

  it('takes no name for its own syntax, and keeps it on one line', () => {
    expect(drawn([title('A', '<b>"*x*"</b>\n\n[y](z) | `{#}&;\\')])).toEqual([
      'n1["#60;b#62;#34;*x*#34;#60;/b#62; #91;y#93;#40;z#41; #124; #96;#123;#35;#125;#38;#59;#92;' +
        '<br>Renamed A to #60;b#62;#34;*x*#34;#60;/b#62; #91;y#93;#40;z#41; #124; #96;#123;#35;#125;#38;#59;#92;"]:::changed',
    ]);
  });
});
