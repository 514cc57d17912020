import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { apiDocument, coreObjectInfo, textToImage } from '../../../../tests/fakes/tool-context.ts';
import { applyOps } from '../../workflow/ops/apply-ops.ts';
import { createNodeCatalog } from '../../workflow/create-catalog.ts';
import { validateWorkflow } from '../../workflow/validation/validate-workflow.ts';
import { collectFixes, joinFixes } from './collect-fixes.ts';

const catalog = createNodeCatalog({
  ...coreObjectInfo(),
  // Today's node wants something that the old one did not.
  SVD_img2vid_Conditioning: {
    input: { required: { image: ['IMAGE'], clip_vision: ['CLIP_VISION'] } },
    output: ['IMAGE'],
    python_module: 'nodes',
  },
});

const sampler = (inputs: JsonObject): JsonObject => ({
  class_type: 'KSampler',
  inputs: { ...(textToImage['3'] as { readonly inputs: JsonObject }).inputs, ...inputs },
});

function fixesFor(nodes: JsonObject) {
  const document = apiDocument({ ...textToImage, ...nodes });
  const errors = validateWorkflow(document, catalog).filter(({ severity }) => severity === 'error');
  const fixes = collectFixes(errors, document, catalog);
  const ops = joinFixes(fixes)?.ops ?? [];
  const applied = ops.length === 0 ? undefined : applyOps(document, ops, catalog);
  if (applied?.ok === false) throw new Error(applied.error.code);
  const after = applied?.value.document ?? document;
  return {
    fixes,
    left: validateWorkflow(after, catalog)
      .filter(({ severity }) => severity === 'error')
      .map(({ nodeId, type }) => [nodeId, type]),
  };
}

describe('collectFixes', () => {
  it('settles a hundred problems as one change set that fits together', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, at): [string, JsonObject][] => [
        [`1${String(at)}0`, sampler({ steps: 0, cfg: 500 })],
        [`1${String(at)}1`, { class_type: 'VAEDecode', inputs: { samples: [`1${String(at)}0`, 0], vae: ['4', 2] } }],
        [`1${String(at)}2`, { class_type: 'PreviewImage', inputs: { images: [`1${String(at)}1`, 0] } }],
      ]).flat(),
    ); // prettier-ignore
    const { fixes, left } = fixesFor(many);
    expect(fixes).toHaveLength(100);
    expect(left).toEqual([]);
  });

  it('leaves out what would break something, and keeps the rest', () => {
    const { fixes, left } = fixesFor({
      '3': sampler({ steps: 0 }),
      '20': { class_type: 'SDV_img2vid_Conditioning', inputs: { image: ['8', 0] } },
      '21': { class_type: 'PreviewImage', inputs: { images: ['20', 0] } },
    });
    expect(fixes.map(({ problem }) => problem.type)).toEqual(['value_smaller_than_min']);
    expect(left).toEqual([['20', 'missing_node_type']]);
  });

  it('mends two broken wires of one node, whose one answer is the same', () => {
    const { fixes, left } = fixesFor({
      '8': { class_type: 'VAEDecode', inputs: { samples: ['99', 0], vae: ['98', 0] } },
    });
    expect(fixes.length).toBeGreaterThan(0);
    expect(left).toEqual([]);
  });
});
