import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../core/base/json.ts';
import { coreCatalog } from '../../fixtures/edit-workflows.ts';
import { compareAnswers } from '../compare-answers.ts';
import { ourPayload } from '../run-oracle.ts';
import { type DrawnNode, drawGraph, node } from '../workflows/parts/draw-graph.ts';
import { around, base, ending } from '../workflows/parts/parts.ts';
import { invert, inverted } from '../workflows/parts/subgraph-parts.ts';
import { explainDifferences } from './explain-differences.ts';
import { explainFailure } from './explain-failure.ts';

const catalog = coreCatalog();
const pageTitles = { ImageInvert: 'Turn Colours Over' };
const convert = (workflow: JsonObject): JsonObject => ourPayload(workflow, catalog);

/** What is said when the page answers for `workflow` as we do, but for what `change` does to it. */
function explain(workflow: JsonObject, page: JsonObject) {
  const differences = compareAnswers(page, convert(workflow));
  return explainDifferences(differences, workflow, { catalog, pageTitles, convert });
}

const off = drawGraph(catalog, inverted({ mode: 4 }), [invert]);
const insideOn = convert(drawGraph(catalog, inverted(), [invert]))['5:1001'] as JsonObject;

describe('explainDifferences', () => {
  it('believes that the page sends the inside of a switched-off subgraph when that is what it sends', () => {
    const [first] = explain(off, { ...convert(off), '5:1001': insideOn });
    expect(first?.because).toContain('inside a switched-off subgraph');
    expect(first?.lookedAt).toEqual([expect.stringContaining('5 ')]);
  });

  it.each<[string, JsonObject]>([
    ['another class', { ...insideOn, class_type: 'ImageBlur' }],
    ['another wire', { ...insideOn, inputs: { image: ['9', 0] } }],
    ['one input more', { ...insideOn, inputs: { image: ['1', 0], strength: 1 } }],
  ])('does not when the inside has %s', (_, inside) => {
    const [first] = explain(off, { ...convert(off), '5:1001': inside });
    expect(first?.difference.id).toBe('5:1001');
    expect(first?.because).toBeUndefined();
  });

  it('does not excuse a wrong value beside a switched-off subgraph', () => {
    const page = convert(off);
    const save = { ...(page['9'] as JsonObject), inputs: { filename_prefix: 'wrong' } };
    const found = explain(off, { ...page, '9': save });
    expect(found.map(({ because }) => because)).toEqual([undefined, undefined]);
  });

  const titled = (title: string): JsonObject => {
    const page = convert(drawGraph(catalog, invertedPlain));
    return { ...page, '2': { ...(page['2'] as JsonObject), _meta: { title } } };
  };
  const invertedPlain: readonly DrawnNode[] = around(
    [node(2, 'ImageInvert', [], { image: [1, 0] })],
    [2, 0],
  );

  it('takes a title for a translation only when the page calls the class so', () => {
    const workflow = drawGraph(catalog, invertedPlain);
    expect(explain(workflow, titled('Turn Colours Over'))[0]?.because).toContain('translates');
    expect(explain(workflow, titled('Something else'))[0]?.because).toBeUndefined();
  });

  it('knows the settings that pages draw by class, name and value', () => {
    const workflow = drawGraph(catalog, [...base, ...ending()]);
    const page = convert(workflow);
    const drawn = (input: JsonObject): JsonObject => {
      const save = page['7'] as JsonObject;
      return { ...page, '7': { ...save, inputs: { ...(save['inputs'] as JsonObject), ...input } } };
    };
    expect(explain(workflow, drawn({ preview: '' }))[0]?.because).toBeUndefined();
    expect(explain(workflow, drawn({ filename_prefix: '' }))[0]?.because).toBeUndefined();
  });

  it('names both circumstances where it takes two', () => {
    const sampler = ending().map((each) =>
      each.id === 5 ? { ...each, values: { steps: 8 } } : each,
    );
    const file = drawGraph(catalog, [...base, ...sampler]);
    const named = (file['nodes'] as readonly JsonObject[]).map((each) =>
      each['id'] === 5 ? { ...each, widgets_values_named: { steps: 9 } } : each,
    );
    const workflow = { ...file, nodes: named };
    const page = convert(drawGraph(catalog, [...base, ...ending()]));
    const bare = { ...(page['5'] as JsonObject) };
    const inputs = { ...(bare['inputs'] as JsonObject), seed: 0, steps: 20, cfg: 8, denoise: 1 };
    const found = explain(workflow, { ...convert(workflow), '5': { ...bare, inputs } });
    const steps = found.find(({ difference: { part } }) => JSON.stringify(part).includes('steps'));
    expect(steps?.because).toMatch(/stored by name.*; .*position/);
  });
});

describe('explainFailure', () => {
  it('asks for the circumstance as well as for the words', () => {
    const holes = { ...off, links: [null] };
    expect(explainFailure('the page opened none of the nodes', holes)).toContain('holes');
    expect(explainFailure('the page opened none of the nodes', off)).toBeUndefined();
    expect(explainFailure('Error: No output node found for id [5]', off)).toBeUndefined();
    expect(explainFailure('TypeError: something else', holes)).toBeUndefined();
  });
});
