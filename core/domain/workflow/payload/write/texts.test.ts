import { describe, expect, it } from 'vitest';
import { catalogOf, convert, saveImage } from '../../../../../tests/fixtures/convert-workflow.ts';
import { coreCatalog } from '../../../../../tests/fixtures/edit-workflows.ts';
import { type GraphNode, graph } from '../../../../../tests/fixtures/graph.ts';
import type { PayloadMoment } from '../to-execution-payload.ts';

const core = coreCatalog();
const NOW = { year: 2026, month: 3, day: 9, hour: 1, minute: 2, second: 30 };

describe('the text of a setting', () => {
  const encode = (text: string, moment: PayloadMoment = {}) => {
    const root = graph([{ id: 1, type: 'CLIPTextEncode', values: [text] }]);
    const { inputs, report } = convert(root, core, moment);
    return { text: inputs('1')['text'], report };
  };

  it.each([
    ['plain | text } as it is', 'plain | text } as it is'],
    ['a {red|blue} fox', 'a red fox'],
    ['{one}', 'one'],
    ['{|x}empty first', 'empty first'],
    ['{a {deep|low} b|c} d', 'a deep b d'],
    ['{a|b} {c|d} {e', 'a c e'],
    ['{a|b', 'a'],
    ['{{x|y}', 'x'],
    ['kept // gone\nnext /* gone\ntoo */end', 'kept \nnext end'],
    ['1/2 of it', '1/2 of it'],
    [String.raw`\{kept\} \| and \n stays`, String.raw`{kept} | and \n stays`],
    [String.raw`{a\|b|c} {\{d\}|e}`, 'a|b {d}'],
    [String.raw`a\\{b|c}`, String.raw`a\\b`],
    ['ends in \\', 'ends in \\'],
    ['', ''],
  ])('of %j is sent as %j', (text, sent) => {
    expect(encode(text).text).toBe(sent);
  });

  it('takes the choices that it is told to, from the outside in', () => {
    const asked: number[] = [];
    const picks = [1, 2, 0];
    const pick = (count: number): number => {
      asked.push(count);
      return picks[asked.length - 1] ?? 0;
    };
    const { text, report } = encode('{a|{b|c|d}|{never|looked|at|!}} {x|y} {only}', { pick });
    expect(text).toBe('d x only');
    expect(asked).toEqual([3, 3, 2, 1]);
    expect(report).toEqual([]);
  });

  it('is reported when the first choice was taken for want of another', () => {
    expect(encode('a {red|blue} fox').report).toEqual([
      {
        nodeId: '1',
        nodeTitle: 'CLIP Text Encode (Prompt)',
        kind: 'guessed',
        message: '“text” offers choices in braces; the first of each was taken.',
      },
    ]);
    expect(encode('no choice in {one} // here').report).toEqual([]);
  });

  it('keeps braces where the class does not offer choices', () => {
    const catalog = catalogOf({ Plain: { input: { required: { text: ['STRING', {}] } } } });
    const root = graph([{ id: 1, type: 'Plain', values: ['{a|b} // kept'] }]);
    expect(convert(root, catalog).inputs('1')).toEqual({ text: '{a|b} // kept' });
  });

  it.each([
    ['KSampler', 'sampler_name', 'sample_euler', 'euler'],
    ['KSampler', 'sampler_name', 'resample_euler', 'resample_euler'],
    ['KSamplerAdvanced', 'sampler_name', 'sample_lms', 'lms'],
    ['KSampler', 'scheduler', 'sample_normal', 'sample_normal'],
    ['Other', 'sampler_name', 'sample_euler', 'sample_euler'],
  ])('of a %s’s %s, “%s”, is sent as “%s”', (type, name, stored, sent) => {
    const catalog = catalogOf({ [type]: { input: { required: { [name]: ['STRING', {}] } } } });
    const root = graph([{ id: 1, type, values: [stored] }]);
    expect(convert(root, catalog).inputs('1')).toEqual({ [name]: sent });
  });
});

describe('the tokens of a file name', () => {
  const sampler: GraphNode = {
    id: 2,
    type: 'KSampler',
    title: 'Main/One',
    values: [7, 'fixed', 9, 8.5, 'euler', 'normal', 1],
  };
  const named = (
    prefix: string,
    nodes: readonly GraphNode[] = [sampler],
    moment: PayloadMoment = { now: NOW },
    rest = {},
  ) => {
    const { inputs, report } = convert(
      graph([...nodes, saveImage(9, prefix)], [], rest),
      core,
      moment,
    );
    return { name: inputs('9')['filename_prefix'], report };
  };
  const searchedAs = (name: string) => ({ extra: { properties: { 'Node name for S&R': name } } });

  it.each([
    ['%date:yyyy-MM-dd%', '2026-03-09'],
    ['%date:yy-M-d h.m.s% %date:hhmmss%', '26-3-9 1 010230'],
    ['%date:yyy y Q%', 'yyy y Q'],
    ['%Main/One.seed%_%Main/One.sampler_name%', '7_euler'],
    ['%width% %year% %% 50% off', '%width% %year% %% 50% off'],
    ['%a.b.c% %datetime%', '%a.b.c% %datetime%'],
  ])('%s become %s', (prefix, sent) => {
    const { name, report } = named(prefix);
    expect(name).toBe(sent);
    expect(report).toEqual([]);
  });

  it('stay and are reported where there is no time, no such node or no such setting', () => {
    const { name, report } = named('%date:yyyy%/%No one.seed%/%Main/One.size%', undefined, {});
    expect(name).toBe('%date:yyyy%/%No one.seed%/%Main/One.size%');
    expect(report).toEqual([
      {
        nodeId: '9',
        nodeTitle: 'Save Image',
        kind: 'left-out',
        message: '%date:yyyy%, %No one.seed%, %Main/One.size% in the file name was not filled in.',
      },
    ]);
  });

  it('with one point in a date are read as a node’s setting, as on the page', () => {
    expect(named('%date:yyyy.MM%').name).toBe('%date:yyyy.MM%');
    expect(named('%date:yyyy.MM.dd%').name).toBe('2026');
  });

  it('find a node by its name for searches before one by its title', () => {
    const other = { ...sampler, id: 3, title: 'Other', ...searchedAs('Main/One') };
    const nodes = [sampler, { ...other, values: [8, 'fixed', 9, 8, 'euler', 'normal', 1] }];
    expect(named('%Main/One.seed%', nodes).name).toBe('8');
    expect(named('%KSampler.seed%', [{ ...sampler, title: '' }]).name).toBe('7');
  });

  it('find a node inside of a subgraph, which comes before the outer ones behind it', () => {
    const inner = graph(
      [{ ...sampler, id: 4, values: [5, 'fixed', 9, 8, 'euler', 'normal', 1] }],
      [],
      { id: 'sub', inputs: [], outputs: [] },
      'objects',
    );
    const rest = { definitions: { subgraphs: [inner] } };
    const use: GraphNode = { id: 1, type: 'sub' };
    expect(named('%Main/One.seed%', [use, sampler], { now: NOW }, rest).name).toBe('5');
    expect(named('%Main/One.seed%', [sampler, use], { now: NOW }, rest).name).toBe('7');
  });

  it('get what no file name may hold as “_”, and nothing for what is no text or number', () => {
    const text = (value: string | null): GraphNode => ({
      id: 2,
      type: 'CLIPTextEncode',
      title: 'Text',
      values: [value],
    });
    expect(named('%Text.text%!', [text('a/b?c<d>e\\f:g*h|i"j\u0007k\u007Fl m')]).name).toBe(
      'a_b_c_d_e_f_g_h_i_j_k_l m!',
    );
    expect(named('%Text.text%!', [text(null)]).name).toBe('!');
  });

  it('are filled in only where a node that saves says how its files are called', () => {
    const setting = {
      input: { required: { filename_prefix: ['STRING', {}], name: ['STRING', {}] } },
    };
    const catalog = catalogOf({ Saver: { ...setting, output_node: true }, Other: setting });
    const values = ['%date:yyyy%', '%date:yyyy%'];
    const nodes = ['Saver', 'Other', 'Unknown'].map((type) => ({ id: type, type, values }));
    const { inputs } = convert(graph(nodes), catalog, { now: NOW });
    expect(inputs('Saver')).toEqual({ filename_prefix: '2026', name: '%date:yyyy%' });
    expect(inputs('Other')).toEqual({ filename_prefix: '%date:yyyy%', name: '%date:yyyy%' });
    expect(inputs('Unknown')).toEqual({});
  });
});
