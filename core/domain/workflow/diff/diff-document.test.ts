import { describe, expect, it } from 'vitest';
import { diffDocument } from './diff-document.ts';

describe('diffDocument', () => {
  it('tells what came, what went and what is other, those of the file before those of its notes', () => {
    expect(
      diffDocument(
        {
          groups: [{ title: 'A' }],
          models: [{ name: 'x' }],
          same: { a: 1, b: [2] },
          extra: { info: 'old', note: 'gone' },
        },
        {
          extra: { info: 'new', empty: null },
          own: 7,
          groups: [{ title: 'B' }],
          same: { b: [2], a: 1 },
        },
      ),
    ).toStrictEqual([
      { kind: 'document-changed', key: 'groups', from: [{ title: 'A' }], to: [{ title: 'B' }] },
      { kind: 'document-changed', key: 'models', from: [{ name: 'x' }] },
      { kind: 'document-changed', key: 'extra.info', from: 'old', to: 'new' },
      { kind: 'document-changed', key: 'extra.note', from: 'gone' },
      { kind: 'document-changed', key: 'own', to: 7 },
      { kind: 'document-changed', key: 'extra.empty', to: null },
    ]);
  });

  it.each([{ groups: [] }, { groups: {} }, { groups: null }])(
    'takes %j for the same as none',
    (root) => {
      expect(diffDocument({}, root)).toEqual([]);
      expect(diffDocument(root, { groups: 0 })).toEqual([
        { kind: 'document-changed', key: 'groups', to: 0 },
      ]);
    },
  );

  it.each([
    'id',
    'revision',
    'version',
    'state',
    'config',
    'last_node_id',
    'last_link_id',
    'nodes',
    'links',
    'floatingLinks',
    'reroutes',
    'definitions',
  ])('leaves out %s, which the page counts or which is compared elsewhere', (key) => {
    expect(diffDocument({ [key]: [1] }, { [key]: [2] })).toEqual([]);
  });

  it.each([
    'ds',
    'frontendVersion',
    'workflowRendererVersion',
    'node_versions',
    'linkExtensions',
    'reroutes',
  ])('leaves out %s among the notes, which the page writes for itself', (key) => {
    expect(diffDocument({ extra: { [key]: 1 } }, { extra: { [key]: 2 } })).toEqual([]);
  });

  it('looks for no notes where `extra` is something else', () => {
    expect(diffDocument({ extra: [1] }, { extra: 'x' })).toEqual([]);
  });
});
