import { describe, expect, it } from 'vitest';
import { type GraphNode, graph } from '../../../../../tests/fixtures/graph.ts';
import { apiRoot, classOf, smallCatalog } from '../../../../../tests/fixtures/small-catalog.ts';
import { type JsonObject, type JsonValue } from '../../../../base/json.ts';
import { type Op } from '../../../../contract/workflow.schema.ts';
import { applyOps } from '../apply-ops.ts';
import { type WorkflowDocument } from '../../document.ts';
import { toExecutionPayload } from '../../payload/to-execution-payload.ts';

const number: JsonValue[] = ['INT', {}];
const catalog = smallCatalog({
  Source: classOf({}, { image: 'IMAGE', mask: 'MASK', number: 'INT', other: 'IMAGE' }),
  Twins: classOf({ image: 'IMAGE' }, { left: 'IMAGE', right: 'IMAGE' }),
  Blend: classOf({ mask: 'MASK', any: '*', image: 'IMAGE' }, { out: 'IMAGE' }),
  Cut: classOf({ mask: 'MASK', any: '*' }, { out: 'IMAGE' }),
  Paint: classOf({ mask: 'MASK' }, { out: '*' }),
  Encode: classOf({ image: 'IMAGE' }, { latent: 'LATENT' }),
  Resize: classOf({ size: number, image: 'IMAGE' }, { image: 'IMAGE', size: 'INT' }),
  Double: classOf({ size: number, image: 'IMAGE' }, { size: 'INT' }),
  Show: classOf({ picture: 'IMAGE' }),
  Count: classOf({ amount: number }),
  Inspect: classOf({ anything: '*' }),
});

const remove = (nodeId: string): Op => ({ op: 'delete_node', nodeId, reconnect: true });

function edited(document: WorkflowDocument, op: Op): WorkflowDocument {
  const result = applyOps(document, [op], catalog);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.document;
}

function drawn(id: number, type: string): GraphNode {
  const { inputs, outputs } = catalog.get(type)!;
  return {
    id,
    type,
    in: inputs.map((spec) => `${spec.name}:${spec.type}${spec.isWidget ? ':widget' : ''}`),
    out: outputs.map((output) => output.type),
    values: inputs.flatMap((spec) => (spec.isWidget ? [0] : [])),
  };
}

/** What a node of the class with the input runs with when this op is done to node 5, which feeds it. */
function runsWith(
  [middle, wired, slot]: readonly [string, Readonly<Record<string, number>>, number],
  [type, input]: readonly [string, string],
  op: Op,
): JsonValue | undefined {
  const nodes = [drawn(1, 'Source'), drawn(5, middle), drawn(9, type)];
  const feeds = Object.entries(wired).map(([name, from]) => [1, from, 5, name] as const);
  const root = graph(nodes, [...feeds, [5, slot, 9, input]]);
  const made = toExecutionPayload(edited({ format: 'graph', root }, op), catalog);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return (made.value.payload['9'] as { readonly inputs: JsonObject }).inputs[input];
}

const IMAGE = 0;
const MASK = 1;
const NUMBER = 2;
const OTHER = 3;
type Middle = Parameters<typeof runsWith>[0];
type End = Parameters<typeof runsWith>[1];

describe('a node that is deleted with its ends joined leaves what bypassing it would pass on', () => {
  const picture: End = ['Show', 'picture'];
  const anything: End = ['Inspect', 'anything'];

  it.each<[string, Middle, End, JsonValue | undefined]>([
    [
      'the input at the index of the output',
      ['Resize', { image: IMAGE }, 0],
      picture,
      ['1', IMAGE],
    ],
    ['the only input for a second output', ['Twins', { image: OTHER }, 1], picture, ['1', OTHER]],
    [
      'the input of the very type before one that takes anything',
      ['Blend', { mask: MASK, any: OTHER, image: IMAGE }, 0],
      picture,
      ['1', IMAGE],
    ],
    [
      'one that takes anything when none has the type',
      ['Cut', { mask: MASK, any: OTHER }, 0],
      picture,
      ['1', OTHER],
    ],
    ['nothing where no input fits', ['Encode', { image: IMAGE }, 0], ['Count', 'amount'], 0],
    [
      'nothing where an input fits the output but not what it goes to',
      ['Paint', { mask: MASK }, 0],
      picture,
      undefined,
    ],
    [
      'to an input that takes anything, whatever stands at the index',
      ['Encode', { image: IMAGE }, 0],
      anything,
      ['1', IMAGE],
    ],
    [
      'to an input that takes anything, the first when none stands at the index',
      ['Twins', { image: OTHER }, 1],
      anything,
      ['1', OTHER],
    ],
    [
      'a setting that is linked, when it is the one that fits',
      ['Double', { size: NUMBER, image: IMAGE }, 0],
      ['Count', 'amount'],
      ['1', NUMBER],
    ],
    [
      'a setting by its index behind the sockets',
      ['Resize', { size: NUMBER, image: IMAGE }, 1],
      ['Count', 'amount'],
      ['1', NUMBER],
    ],
    [
      'a socket before a setting',
      ['Double', { size: NUMBER, image: IMAGE }, 0],
      anything,
      ['1', IMAGE],
    ],
    ['nothing of an input that is not linked', ['Twins', {}, 0], picture, undefined],
  ])('%s', (_, middle, end, expected) => {
    expect(runsWith(middle, end, remove('5'))).toEqual(expected);
    const bypass: Op = { op: 'set_mode', nodeId: '5', mode: 'bypassed' };
    expect(runsWith(middle, end, bypass)).toEqual(expected);
  });
});

describe('a node that is deleted with its ends joined, in a file in the API format', () => {
  const without5 = (nodes: Parameters<typeof apiRoot>[0], more: JsonObject = {}): JsonObject =>
    edited({ format: 'api', root: { ...apiRoot(nodes), ...more } }, remove('5')).root;

  it('passes on through a node that ComfyUI does not have what fits the other end', () => {
    expect(
      without5({
        '1': ['Source'],
        '5': ['Nobody', { amount: 3, from: ['1', IMAGE] }],
        '9': ['Show', { picture: ['5', 2] }],
      }),
    ).toEqual(apiRoot({ '1': ['Source'], '9': ['Show', { picture: ['1', IMAGE] }] }));
  });

  it('passes on through an output that the class no longer has what fits the other end', () => {
    expect(
      without5({
        '1': ['Source'],
        '5': ['Twins', { image: ['1', OTHER] }],
        '9': ['Show', { picture: ['5', 7] }],
      }),
    ).toEqual(apiRoot({ '1': ['Source'], '9': ['Show', { picture: ['1', OTHER] }] }));
  });

  it('leaves what is no node without the link, and joins the others', () => {
    expect(
      without5(
        {
          '1': ['Source'],
          '5': ['Twins', { image: ['1', IMAGE] }],
          '9': ['Show', { picture: ['5', 0] }],
        },
        { note: { inputs: { picture: ['5', 0] } } },
      ),
    ).toEqual({
      ...apiRoot({ '1': ['Source'], '9': ['Show', { picture: ['1', IMAGE] }] }),
      note: { inputs: {} },
    });
  });

  it('joins nothing without being asked to', () => {
    const root = apiRoot({
      '1': ['Source'],
      '5': ['Twins', { image: ['1', IMAGE] }],
      '9': ['Show', { picture: ['5', 0] }],
    });
    expect(edited({ format: 'api', root }, { op: 'delete_node', nodeId: '5' }).root).toEqual(
      apiRoot({ '1': ['Source'], '9': ['Show'] }),
    );
  });
});
