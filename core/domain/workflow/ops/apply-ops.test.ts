import { describe, expect, it } from 'vitest';
import { edit, link, raw, refusal, set, source, widget } from '../../../../tests/fakes/edits.ts';
import {
  coreCatalog,
  textToImage,
  textToImageApi,
  textToImageV1,
} from '../../../../tests/fixtures/edit-workflows.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Op } from '../../../contract/workflow.schema.ts';
import { applyOps } from './apply-ops.ts';
import { applyPatch, reversePatch } from '../patch/apply-patch.ts';
import { serializeWorkflow } from '../serialize-workflow.ts';

const catalog = coreCatalog();

const FORMATS = [
  ['0.4', textToImage],
  ['1.0', textToImageV1],
  ['API', textToImageApi],
] as const;

describe.each(FORMATS)('applyOps on format %s', (_, make) => {
  it('sets a setting by name and leaves every other node the same object', () => {
    const before = make();
    const after = edit(before, set('3', 'steps', 30));
    expect(widget(after, '3', 'steps')).toBe(30);
    expect(widget(after, '3', 'seed')).toBe(156680208700286);
    const key = before.format === 'api' ? '8' : 8;
    expect(raw(after, key)).toBe(raw(before, key));
    expect(widget(before, '3', 'steps')).toBe(20);
  });

  it('puts a LoRA between checkpoint and sampler', () => {
    const after = edit(
      make(),
      { op: 'add_node', nodeId: '20', classType: 'LoraLoader', widgets: { strength_model: 0.5 } },
      link('4', 'MODEL', '20', 'model'),
      link('4', 1, '20', 'clip'),
      link('20', 'MODEL', '3', 'model'),
      link('20', 'CLIP', '6', 'clip'),
    );
    expect(source(after, '20', 'model')).toEqual({ nodeId: '4', output: 0 });
    expect(source(after, '3', 'model')).toEqual({ nodeId: '20', output: 0 });
    expect(source(after, '6', 'clip')).toEqual({ nodeId: '20', output: 1 });
    expect(source(after, '7', 'clip')).toEqual({ nodeId: '4', output: 1 });
    expect(widget(after, '20', 'strength_model')).toBe(0.5);
    expect(widget(after, '20', 'strength_clip')).toBe(1);
  });

  it('joins around a deleted node when asked to reconnect', () => {
    const added = edit(
      make(),
      { op: 'add_node', nodeId: '20', classType: 'LoraLoader' },
      link('4', 'MODEL', '20', 'model'),
      link('4', 'CLIP', '20', 'clip'),
      link('20', 'MODEL', '3', 'model'),
      link('20', 'CLIP', '6', 'clip'),
    );
    const after = edit(added, { op: 'delete_node', nodeId: '20', reconnect: true });
    expect(source(after, '3', 'model')).toEqual({ nodeId: '4', output: 0 });
    expect(source(after, '6', 'clip')).toEqual({ nodeId: '4', output: 1 });
    const bare = edit(added, { op: 'delete_node', nodeId: '20' });
    expect(source(bare, '3', 'model')).toBeUndefined();
  });

  it('carries settings and links over to the class that replaces a node', () => {
    const after = edit(make(), {
      op: 'replace_node',
      nodeId: '3',
      classType: 'KSamplerAdvanced',
      widgets: { end_at_step: 15 },
    });
    expect(widget(after, '3', 'noise_seed')).toBe(156680208700286);
    expect(widget(after, '3', 'steps')).toBe(20);
    expect(widget(after, '3', 'end_at_step')).toBe(15);
    expect(source(after, '3', 'latent_image')).toEqual({ nodeId: '5', output: 0 });
    expect(source(after, '8', 'samples')).toEqual({ nodeId: '3', output: 0 });
  });

  it('makes an input of a setting when it is linked, and gives it its value back when unlinked', () => {
    const linked = edit(
      make(),
      { op: 'add_node', nodeId: '20', classType: 'PrimitiveInt', widgets: { value: 44 } },
      link('20', 0, '3', 'steps'),
    );
    expect(source(linked, '3', 'steps')).toEqual({ nodeId: '20', output: 0 });
    expect(refusal(linked, set('3', 'steps', 30))).toMatchObject({
      code: 'op/read-only',
      data: { nodeId: '3' },
    });
    const back = edit(linked, { op: 'disconnect', nodeId: '3', input: 'steps' });
    expect(source(back, '3', 'steps')).toBeUndefined();
    expect(widget(back, '3', 'steps')).toBe(20);
  });

  it('is undone to the letter by the reversed patch', () => {
    const before = make();
    const result = applyOps(
      before,
      [
        { op: 'delete_node', nodeId: '5' },
        { op: 'add_node', nodeId: '30', classType: 'EmptyLatentImage' },
        link('30', 0, '3', 'latent_image'),
        set('6', 'text', 'a blue fox'),
        { op: 'set_title', nodeId: '4', title: 'Base' },
      ],
      catalog,
    );
    if (!result.ok) throw new Error(result.error.code);
    const undone = applyPatch(result.value.document, reversePatch(result.value.patch));
    expect(undone.ok && serializeWorkflow(undone.value)).toBe(serializeWorkflow(before));
    const again = applyPatch(before, result.value.patch);
    expect(again.ok && serializeWorkflow(again.value)).toBe(
      serializeWorkflow(result.value.document),
    );
  });

  it('refuses all when one op cannot be done', () => {
    const before = make();
    const text = serializeWorkflow(before);
    const error = refusal(before, set('3', 'steps', 30), set('3', 'stepz', 31));
    expect(error).toMatchObject({ code: 'op/unknown-widget', data: { widget: 'stepz' } });
    expect(error.code === 'op/unknown-widget' && error.data.known).toContain('steps');
    expect(serializeWorkflow(before)).toBe(text);
  });

  it('gives the same document when the value is already there', () => {
    const before = make();
    const result = applyOps(
      before,
      [set('3', 'steps', 20), link('4', 'MODEL', '3', 'model')],
      catalog,
    );
    expect(result.ok && result.value.document).toBe(before);
    expect(result.ok && result.value.patch.entries).toEqual([]);
  });

  it.each([
    [[set('99', 'steps', 3)], 'op/unknown-node'],
    [[{ op: 'add_node', nodeId: '3', classType: 'KSampler' }], 'op/duplicate-node'],
    [[{ op: 'add_node', nodeId: '31', classType: 'KSamplr' }], 'op/unknown-class'],
    [[set('3', 'steps', 'many')], 'op/invalid-value'],
    [[link('4', 'MODLE', '3', 'model')], 'op/unknown-output'],
    [[link('4', 9, '3', 'model')], 'op/unknown-output'],
    [[link('4', 'MODEL', '3', 'modell')], 'op/unknown-input'],
    [[link('4', 'VAE', '3', 'model')], 'op/type-mismatch'],
    [[{ op: 'delete_node', nodeId: '77' }], 'op/unknown-node'],
    [[{ op: 'replace_node', nodeId: '3', classType: 'Nope' }], 'op/unknown-class'],
    [[{ op: 'set_title', nodeId: '77', title: 'x' }], 'op/unknown-node'],
  ] satisfies [Op[], AppError['code']][])('refuses %j with %s', (ops, code) => {
    expect(refusal(make(), ...ops).code).toBe(code);
  });

  it('refuses a link that would go in a circle, and one from a node to itself', () => {
    const ops: Op[] = [
      { op: 'add_node', nodeId: '40', classType: 'LatentUpscaleBy' },
      { op: 'add_node', nodeId: '41', classType: 'LatentUpscaleBy' },
      link('40', 0, '41', 'samples'),
    ];
    expect(refusal(make(), ...ops, link('41', 0, '40', 'samples')).code).toBe('op/makes-cycle');
    expect(refusal(make(), ...ops, link('40', 0, '40', 'samples')).code).toBe('op/makes-cycle');
  });

  it('says that nothing is linked when there is nothing to disconnect', () => {
    expect(refusal(make(), { op: 'disconnect', nodeId: '3', input: 'steps' }).code).toBe(
      'op/not-linked',
    );
  });
});

describe('applyOps on what only the save format has', () => {
  it('stores modes as the page does', () => {
    const mode = (value: 'muted' | 'bypassed' | 'active'): Op => ({
      op: 'set_mode',
      nodeId: '3',
      mode: value,
    });
    expect(raw(edit(textToImage(), mode('muted')), 3)['mode']).toBe(2);
    expect(raw(edit(textToImage(), mode('bypassed')), 3)['mode']).toBe(4);
    expect(raw(edit(textToImage(), mode('muted'), mode('active')), 3)['mode']).toBe(0);
    expect(refusal(textToImageApi(), mode('muted')).code).toBe('op/read-only');
  });

  it('moves a node, and cannot in the API format', () => {
    const move: Op = { op: 'move_node', nodeId: '3', position: [5, 6] };
    expect(raw(edit(textToImage(), move), 3)['pos']).toEqual([5, 6]);
    expect(refusal(textToImageApi(), move).code).toBe('op/read-only');
  });

  it('keeps the control value behind the seed in its place, and sets it by its own name', () => {
    const after = edit(
      textToImage(),
      set('3', 'seed', 7),
      set('3', 'control_after_generate', 'fixed'),
    );
    expect(raw(after, 3)['widgets_values']).toEqual([7, 'fixed', 20, 8, 'euler', 'normal', 1]);
  });

  it('keeps widgets_values_named in step', () => {
    const before = textToImage();
    const nodes = (before.root['nodes'] as readonly JsonObject[]).map((node) =>
      node['id'] === 5
        ? { ...node, widgets_values_named: { width: 512, height: 512, batch_size: 1 } }
        : node,
    );
    const after = edit({ ...before, root: { ...before.root, nodes } }, set('5', 'width', 1024));
    expect(raw(after, 5)).toMatchObject({
      widgets_values: [1024, 512, 1],
      widgets_values_named: { width: 1024, height: 512, batch_size: 1 },
    });
  });

  it('writes into settings that a file stores by name', () => {
    const before = textToImage();
    const nodes = (before.root['nodes'] as readonly JsonObject[]).map((node) =>
      node['id'] === 5 ? { ...node, widgets_values: { width: 512, height: 512 } } : node,
    );
    const after = edit({ ...before, root: { ...before.root, nodes } }, set('5', 'batch_size', 4));
    expect(raw(after, 5)['widgets_values']).toEqual({ width: 512, height: 512, batch_size: 4 });
  });

  it('draws a new node as the page would: beside what feeds it, sockets, defaults, counters', () => {
    const after = edit(
      textToImage(),
      { op: 'add_node', nodeId: '21', classType: 'KSampler' },
      link('4', 'MODEL', '21', 'model'),
    );
    const node = raw(after, 21);
    expect(node).toMatchObject({
      id: 21,
      type: 'KSampler',
      mode: 0,
      flags: {},
      properties: { 'Node name for S&R': 'KSampler', cnr_id: 'comfy-core' },
      widgets_values: [0, 'randomize', 20, 8, expect.any(String), expect.any(String), 1],
    });
    const [x, y] = node['pos'] as [number, number];
    expect(x).toBe(340);
    expect(y).toBeGreaterThan(300);
    expect((node['inputs'] as readonly JsonObject[]).map((input) => input['name'])).toEqual([
      'model',
      'positive',
      'negative',
      'latent_image',
    ]);
    expect(after.root['last_node_id']).toBe(21);
    expect(after.root['last_link_id']).toBe(10);
    expect((after.root['links'] as unknown[]).at(-1)).toEqual([10, 4, 0, 21, 0, 'MODEL']);
  });

  it('writes links as objects and counts in state in format 1.0', () => {
    const after = edit(
      textToImageV1(),
      { op: 'add_node', nodeId: '21', classType: 'VAEDecode' },
      link('3', 'LATENT', '21', 'samples'),
    );
    expect((after.root['links'] as unknown[]).at(-1)).toEqual({
      id: 10,
      origin_id: 3,
      origin_slot: 0,
      target_id: 21,
      target_slot: 0,
      type: 'LATENT',
    });
    expect(after.root['state']).toMatchObject({ lastNodeId: 21, lastLinkId: 10 });
    expect(after.root).not.toHaveProperty('last_link_id');
  });

  it('takes the links of a deleted node off both ends', () => {
    const after = edit(textToImage(), { op: 'delete_node', nodeId: '6' });
    const sampler = raw(after, 3)['inputs'] as readonly JsonObject[];
    expect(sampler[1]).toEqual({ name: 'positive', type: 'CONDITIONING', link: null });
    const outputs = raw(after, 4)['outputs'] as readonly JsonObject[];
    expect(outputs[1]?.['links']).toEqual([5]);
    expect((after.root['links'] as readonly unknown[][]).map((row) => row[0])).toEqual([
      1, 2, 5, 6, 7, 8, 9,
    ]);
  });

  it('does not guess where an unknown node keeps its settings', () => {
    const before = textToImage();
    const nodes = [
      ...(before.root['nodes'] as readonly JsonObject[]),
      { id: 50, type: 'SomebodysNode', mode: 0, widgets_values: [1, 2] },
      {
        id: 51,
        type: 'SomebodysNode',
        mode: 0,
        inputs: [{ name: 'amount', type: 'INT', widget: { name: 'amount' }, link: null }],
        widgets_values: [1],
      },
      { id: 52, type: 'Note', mode: 0, widgets_values: ['old'] },
    ];
    const document = { ...before, root: { ...before.root, nodes } };
    expect(refusal(document, set('50', 'amount', 3)).code).toBe('op/read-only');
    expect(raw(edit(document, set('51', 'amount', 3)), 51)['widgets_values']).toEqual([3]);
    expect(raw(edit(document, set('52', 'text', 'new')), 52)['widgets_values']).toEqual(['new']);
  });
});
