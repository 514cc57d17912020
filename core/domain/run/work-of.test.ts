import { describe, expect, it } from 'vitest';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { workOf } from './work-of.ts';

const catalog = createNodeCatalog({
  Load: { output: ['IMAGE'] },
  Blur: { output: ['IMAGE'] },
  Save: { output_node: true },
});
const node = (class_type: string, ...sources: readonly string[]) => ({
  class_type,
  inputs: Object.fromEntries(sources.map((id, index) => [`image${String(index)}`, [id, 0]])),
});

describe('workOf', () => {
  it('leaves out what nothing takes, and keeps all that feeds a result in its order', () => {
    const payload = {
      9: node('Save', '3', '99'),
      1: node('Load'),
      3: node('Blur', '1'),
      4: node('Load'),
      5: node('Blur', '4', '1'),
    };
    const { results, payload: worked } = workOf(payload, catalog);
    expect(results).toEqual(['9']);
    expect(Object.keys(worked)).toEqual(['1', '3', '9']);
  });

  it('counts a node of an unknown class as a result, as it may be one', () => {
    const payload = { 1: node('Load'), 2: node('Elsewhere', '1') };
    expect(workOf(payload, catalog)).toEqual({ results: ['2'], payload });
  });

  it('takes everything where no node gives a result, and a circle once', () => {
    const payload = { 1: node('Blur', '2'), 2: node('Blur', '1') };
    expect(workOf(payload, catalog)).toEqual({ results: [], payload });
    expect(workOf({ ...payload, 3: node('Save', '1') }, catalog).results).toEqual(['3']);
  });
});
