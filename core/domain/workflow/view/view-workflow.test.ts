import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { graph } from '../../../../tests/fixtures/graph.ts';
import { describeWorkflow } from '../describe/describe-workflow.ts';
import { parseWorkflow } from '../parse-workflow.ts';
import { toExecutionPayload } from '../payload/to-execution-payload.ts';
import { viewWorkflow } from './view-workflow.ts';

const catalog = coreCatalog();
const templateText = readFileSync(
  new URL('../../../../resources/templates/sdxl-text-to-image.json', import.meta.url),
  'utf8',
);

function template() {
  const document = parseWorkflow(templateText);
  if (!document.ok) throw new Error(document.error.code);
  return document.value;
}

const viewOf = (root: JsonObject, format: 'graph' | 'api' = 'graph') =>
  viewWorkflow({ format, root }, catalog);
const named = (widgets: readonly { readonly name: string; readonly value: JsonValue }[] = []) =>
  Object.fromEntries(widgets.map(({ name, value }) => [name, value]));

describe('viewWorkflow of the save format', () => {
  const view = viewWorkflow(template(), catalog);

  it('names settings, titles, links, frames and places', () => {
    const sampler = view.node('3');
    expect(named(sampler?.widgets)).toEqual({
      seed: 156680208700286,
      steps: 20,
      cfg: 8,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    });
    expect(sampler?.inputs.map((input) => [input.name, input.link?.nodeId])).toEqual([
      ['model', '4'],
      ['positive', '6'],
      ['negative', '7'],
      ['latent_image', '5'],
    ]);
    expect(view.node('6')?.title).toBe('Positive prompt');
    expect(view.node('4')?.title).toBe('Load Checkpoint');
    expect(sampler?.position).toEqual([880, 120]);
    expect(view.links).toHaveLength(9);
    expect(view.links).toContainEqual({
      from: { nodeId: '4', output: 2 },
      to: { nodeId: '8', input: 'vae' },
      type: 'VAE',
    });
    expect(view.groups.map((group) => group.title)).toEqual(['Model', 'Prompt and size', 'Render']);
  });

  it('is the same object for the same document and catalog', () => {
    const document = template();
    expect(viewWorkflow(document, catalog)).toBe(viewWorkflow(document, catalog));
    expect(viewWorkflow(document, coreCatalog())).not.toBe(viewWorkflow(document, catalog));
  });

  it('marks a setting that a link overrides and shows its socket', () => {
    const linked = viewOf(
      graph(
        [
          { id: 1, type: 'PrimitiveInt', out: ['INT'], values: [9, 'fixed'] },
          {
            id: 2,
            type: 'EmptyImage',
            in: ['width:INT:widget', 'height:INT:widget'],
            values: [1, 2],
          },
        ],
        [[1, 0, 2, 'width']],
      ),
    ).node('2');
    expect(linked?.widgets.map((widget) => [widget.name, widget.isLinked])).toEqual([
      ['width', true],
      ['height', false],
      ['batch_size', false],
      ['color', false],
    ]);
    expect(linked?.inputs.map((input) => input.name)).toEqual(['width']);
  });

  it('shows modes, dictionary places, page-only nodes and sockets an old file lacks', () => {
    const view = viewOf(
      graph([
        { id: 1, type: 'Note', values: ['read me'], extra: { pos: { '0': 5, '1': 6 } } },
        { id: 2, type: 'KSampler', mode: 2 },
        { id: 3, type: 'VAEDecode', mode: 4 },
      ]),
    );
    expect(view.node('1')).toMatchObject({ isVirtual: true, position: [5, 6] });
    expect(named(view.node('1')?.widgets)).toEqual({ text: 'read me' });
    expect(view.nodes.map((node) => node.mode)).toEqual(['active', 'muted', 'bypassed']);
    expect(view.node('3')?.inputs.map((input) => input.name)).toEqual(['samples', 'vae']);
  });
});

describe('viewWorkflow of the API format', () => {
  it('shows the same settings and links as the save format it was made from', () => {
    const made = toExecutionPayload(template(), catalog);
    if (!made.ok) throw new Error(made.error.code);
    const view = viewOf(made.value.payload, 'api');
    const before = viewWorkflow(template(), catalog);
    for (const node of before.nodes) {
      const after = view.node(node.id);
      expect(after?.title).toBe(node.title);
      expect(named(after?.widgets)).toEqual(named(node.widgets));
      expect(after?.inputs.map((input) => [input.name, input.link])).toEqual(
        node.inputs.map((input) => [input.name, input.link]),
      );
    }
    expect(view.links).toHaveLength(before.links.length);
  });

  it('shows values of unknown classes by the names that they have', () => {
    const node = viewOf({ a: { class_type: 'Nope', inputs: { x: 1, y: ['b', 0] } } }, 'api').node(
      'a',
    );
    expect(named(node?.widgets)).toEqual({ x: 1 });
    expect(node?.inputs).toEqual([{ name: 'y', type: '*', link: { nodeId: 'b', output: 0 } }]);
    expect(node?.nodeClass).toBeUndefined();
  });
});

describe('describeWorkflow', () => {
  it('tells what loads, what is asked for, size, sampling, the way and the result', () => {
    expect(describeWorkflow(viewWorkflow(template(), catalog))).toEqual([
      'This workflow makes a picture from text. It has 7 nodes.',
      'It loads the checkpoint “sd_xl_base_1.0.safetensors”.',
      'It asks for “cinematic wide shot of a lighthouse on a cliff at dusk, storm clouds, volumetric light, film still”.',
      'It avoids “text, watermark, blurry, low quality”.',
      'The size is 1024 × 1024.',
      'KSampler works with steps 20, CFG 8, sampler euler, scheduler normal, denoise 1 and seed 156680208700286.',
      'The main way through is Load Checkpoint → Positive prompt → KSampler → VAE Decode → Save Image.',
      'Results come out at Save Image (files named “second_unit/sdxl”).',
    ]);
  });

  it('tells what is muted, bypassed and unknown, and that nothing would run', () => {
    const idle = describeWorkflow(
      viewOf(
        graph([
          { id: 1, type: 'LoadImage', values: ['a.png'] },
          { id: 2, type: 'ImageInvert', mode: 4 },
          { id: 3, type: 'SaveImage', mode: 2 },
          { id: 4, type: 'MadeUpNode' },
        ]),
      ),
    );
    expect(idle.slice(-3)).toEqual([
      'Nothing in it saves or shows a result yet.',
      'This ComfyUI does not know the node MadeUpNode.',
      'Some nodes do not take part now; muted: Save Image; bypassed: Invert Image.',
    ]);
    expect(describeWorkflow(viewOf(graph([{ id: 1, type: 'Note' }])))).toEqual([
      'This workflow has no nodes that would run.',
    ]);
  });
});
