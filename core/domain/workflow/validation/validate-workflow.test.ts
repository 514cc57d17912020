import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { coreCatalog } from '../../../../tests/fixtures/edit-workflows.ts';
import { graph } from '../../../../tests/fixtures/graph.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { parseWorkflow, workflowFromJson } from '../parse-workflow.ts';
import { validateWorkflow } from './validate-workflow.ts';

const catalog = coreCatalog();
const template = readFileSync(
  new URL('../../../../resources/templates/sdxl-text-to-image.json', import.meta.url),
  'utf8',
);

function problems(root: JsonValue, classes = catalog) {
  const document = workflowFromJson(root);
  if (!document.ok) throw new Error(document.error.code);
  return validateWorkflow(document.value, classes);
}

/** The template with one node's stored values replaced. */
function templateWith(id: number, change: (node: JsonObject) => JsonObject) {
  const document = parseWorkflow(template);
  if (!document.ok) throw new Error(document.error.code);
  const nodes = (document.value.root['nodes'] as readonly JsonObject[]).map((node) =>
    node['id'] === id ? change(node) : node,
  );
  return problems({ ...document.value.root, nodes });
}

const values = (widgets_values: readonly JsonValue[]) => (node: JsonObject) => ({
  ...node,
  widgets_values,
});

describe('validateWorkflow', () => {
  it('finds nothing wrong with a good workflow', () => {
    expect(templateWith(3, (node) => node)).toEqual([]);
  });

  it('says which file name was meant when only case or slashes differ', () => {
    expect(templateWith(4, values(['SD_XL_Base_1.0.safetensors']))).toMatchObject([
      {
        type: 'value_not_in_list',
        nodeTitle: 'Load Checkpoint',
        input: 'ckpt_name',
        message:
          'Checkpoint on Load Checkpoint is “SD_XL_Base_1.0.safetensors”, which ComfyUI does not have; it has it as “sd_xl_base_1.0.safetensors”.',
        suggestions: ['sd_xl_base_1.0.safetensors'],
      },
    ]);
    const folder = templateWith(4, values(['anime\\dreamshaper_8.safetensors']));
    expect(folder[0]?.suggestions).toEqual(['anime/dreamshaper_8.safetensors']);
  });

  it('names the near choices for a name that is not there', () => {
    const [problem] = templateWith(4, values(['sdxl base.safetensors']));
    expect(problem?.suggestions?.[0]).toBe('sd_xl_base_1.0.safetensors');
  });

  it('says what a number may be', () => {
    const [small] = templateWith(3, values([1, 'fixed', 0, 8, 'euler', 'normal', 1]));
    expect(small).toMatchObject({
      type: 'value_smaller_than_min',
      message: 'Steps on KSampler is 0, and the smallest it can be is 1.',
      suggestions: [1],
    });
    const [big] = templateWith(3, values([1, 'fixed', 20, 8, 'euler', 'normal', 2]));
    expect(big).toMatchObject({ type: 'value_bigger_than_max', input: 'denoise' });
    const [text] = templateWith(3, values([1, 'fixed', 'many', 8, 'euler', 'normal', 1]));
    expect(text).toMatchObject({
      type: 'invalid_input_type',
      message: 'Steps on KSampler must be a whole number, and “many” is not.',
    });
  });

  it('explains a missing input by what was muted before it', () => {
    const found = templateWith(4, (node) => ({ ...node, mode: 2 }));
    const model = found.find((problem) => problem.nodeId === '3' && problem.input === 'model');
    expect(model?.type).toBe('required_input_missing');
    expect(model?.message).toContain('muted');
  });

  it('names an unknown class once for each node and still checks the rest', () => {
    const found = templateWith(5, (node) => ({ ...node, type: 'EmptyLatentImagee' }));
    expect(found[0]).toMatchObject({ type: 'missing_node_type', nodeId: '5' });
    expect(found[0]?.suggestions?.[0]).toBe('EmptyLatentImage');
    const both = problems({
      '1': { class_type: 'Nope', inputs: {} },
      '2': { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
    });
    expect(both.map((problem) => problem.type)).toEqual([
      'missing_node_type',
      'required_input_missing',
    ]);
  });

  it('names the nodes of a circle', () => {
    const found = problems(
      graph(
        [
          { id: 1, type: 'ImageInvert', in: ['image:IMAGE'], out: ['IMAGE'], title: 'A' },
          { id: 2, type: 'ImageInvert', in: ['image:IMAGE'], out: ['IMAGE'], title: 'B' },
          { id: 3, type: 'SaveImage', in: ['images:IMAGE'], values: ['x'] },
        ],
        [
          [1, 0, 2, 'image'],
          [2, 0, 1, 'image'],
          [2, 0, 3, 'images'],
        ],
      ),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(/circle.*(A → B → A|B → A → B)\.$/);
  });

  it('finds links to nothing, outputs that are not there, and types that do not meet', () => {
    const found = problems({
      '1': { class_type: 'LoadImage', inputs: { image: 'example.png' } },
      '2': { class_type: 'SaveImage', inputs: { images: ['9', 0], filename_prefix: 'x' } },
      '3': { class_type: 'SaveImage', inputs: { images: ['1', 5], filename_prefix: 'x' } },
      '4': { class_type: 'SaveImage', inputs: { images: ['1', 1], filename_prefix: 'x' } },
    });
    expect(found.map((problem) => [problem.nodeId, problem.type])).toEqual([
      ['2', 'missing_linked_node'],
      ['3', 'missing_linked_output'],
      ['4', 'return_type_mismatch'],
    ]);
    expect(found[2]?.message).toBe(
      'Images on Save Image takes IMAGE, but MASK is connected to it.',
    );
  });

  it('says that nothing comes out', () => {
    const nothing = problems({ '1': { class_type: 'EmptyImage', inputs: {} } });
    expect(nothing.map((problem) => problem.type)).toEqual(['prompt_no_outputs']);
    const notes = problems(graph([{ id: 1, type: 'Note', values: ['x'] }]));
    expect(notes).toMatchObject([{ type: 'prompt_no_outputs', severity: 'error' }]);
  });

  it('checks the lists that ComfyUI itself lets pass, but not files that it may have', () => {
    const classes = createNodeCatalog({
      V3: {
        input: { required: { mode: ['COMBO', { options: ['fast', 'slow'] }] } },
        output_node: true,
      },
    });
    expect(problems({ '1': { class_type: 'V3', inputs: { mode: 'fst' } } }, classes)).toMatchObject(
      [{ type: 'value_not_in_list', severity: 'error', suggestions: ['fast'] }],
    );
    const files = problems({
      '1': { class_type: 'LoadImage', inputs: { image: 'new.png' } },
      '2': { class_type: 'LoadImage', inputs: { image: 'plates/new.png' } },
      '3': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
      '4': { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
    });
    expect(files).toMatchObject([{ type: 'file_not_listed', severity: 'warning', nodeId: '1' }]);
    const marked = (image: string) =>
      problems({
        '1': { class_type: 'LoadImage', inputs: { image } },
        '2': { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
      }).map(({ type }) => type);
    // As recorded: a mark of the input folder changes nothing, that of another folder looks there.
    expect(marked('sub.png [input]')).toEqual(['file_not_listed']);
    expect(marked('example.png [input]')).toEqual([]);
    expect(marked('rig/basic_00001_.png [output]')).toEqual([]);
    expect(marked('t.png [temp]')).toEqual([]);
  });
});
