import { describe, expect, it } from 'vitest';
import { coreCatalog, textToImage } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type JsonObject } from '../../../../base/json.ts';
import { type DiffEntry } from '../../../../contract/workflow.schema.ts';
import { diffWorkflows } from '../diff-workflows.ts';

const catalog = coreCatalog();

function diffNodes(before: readonly JsonObject[], after: readonly JsonObject[]) {
  return diffWorkflows(
    { format: 'graph', root: { nodes: before, links: [] } },
    { format: 'graph', root: { nodes: after, links: [] } },
    catalog,
  );
}

function sampler(control: string, more: JsonObject = {}): JsonObject {
  const found = (textToImage().root['nodes'] as readonly JsonObject[]).find(({ id }) => id === 3)!;
  const [seed = 0, , ...rest] = found['widgets_values'] as readonly number[];
  return { ...found, inputs: [], widgets_values: [seed, control, ...rest], ...more };
}

/** A node of a class that no server lists; its settings have their names from their sockets. */
function unlisted(control: string, more: JsonObject = {}): JsonObject {
  const inputs = [{ name: 'seed', type: 'INT', widget: { name: 'seed' }, link: null }];
  return { id: 7, type: 'PackSampler', inputs, widgets_values: [5, control], ...more };
}

const note: JsonObject = { id: 1, type: 'Note', widgets_values: ['x'] };

const told = (nodeId: string, nodeTitle: string, from: string, to: string): DiffEntry => ({
  kind: 'widget-changed',
  nodeId,
  nodeTitle,
  widget: 'control_after_generate',
  from,
  to,
});

describe('what the page does with a seed after each run', () => {
  it('is told when it changed', () => {
    expect(diffNodes([sampler('randomize')], [sampler('fixed')])).toEqual([
      told('3', 'KSampler', 'randomize', 'fixed'),
    ]);
  });

  it('is told with the title that the artist gave the node', () => {
    const mine = { title: 'Mine' };
    expect(diffNodes([sampler('randomize', mine)], [sampler('fixed', mine)])).toEqual([
      told('3', 'Mine', 'randomize', 'fixed'),
    ]);
  });

  it('is told with the class of a node that no server lists', () => {
    expect(diffNodes([unlisted('randomize')], [unlisted('fixed')])).toEqual([
      told('7', 'PackSampler', 'randomize', 'fixed'),
    ]);
    expect(
      diffNodes([unlisted('randomize', { title: '' })], [unlisted('fixed', { title: '' })]),
    ).toEqual([told('7', 'PackSampler', 'randomize', 'fixed')]);
  });

  it('is not told when another setting beside it changed', () => {
    expect(
      diffNodes([unlisted('fixed')], [unlisted('fixed', { widgets_values: [6, 'fixed'] })]),
    ).toEqual([
      {
        kind: 'widget-changed',
        nodeId: '7',
        nodeTitle: 'PackSampler',
        widget: 'seed',
        from: 5,
        to: 6,
      },
    ]);
  });

  it('is not told of a node that is new, of another class, or stores none', () => {
    expect(diffNodes([], [sampler('fixed')]).map(({ kind }) => kind)).toEqual(['node-added']);
    const advanced = {
      type: 'KSamplerAdvanced',
      widgets_values: ['enable', 1, 'fixed', 20, 8, 'euler', 'normal', 0, 9, 'disable'],
    };
    expect(
      diffNodes([note, sampler('randomize')], [note, sampler('fixed', advanced)]).map(
        ({ kind }) => kind,
      ),
    ).toEqual(['node-replaced']);
    expect(
      diffNodes([sampler('fixed')], [sampler('fixed', { widgets_values: [] })]),
    ).not.toContainEqual(expect.objectContaining({ widget: 'control_after_generate' }));
  });
});
