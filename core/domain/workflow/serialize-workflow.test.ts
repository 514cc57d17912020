import { describe, expect, it } from 'vitest';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { coreCatalog } from '../../../tests/fixtures/edit-workflows.ts';
import { applyOps } from './ops/apply-ops.ts';
import { applyPatch, reversePatch } from './patch/apply-patch.ts';
import { parseWorkflow } from './parse-workflow.ts';
import { serializeWorkflow, toExactJson } from './serialize-workflow.ts';
import { toExecutionPayload } from './payload/to-execution-payload.ts';

const catalog = coreCatalog();

const API = `{"10": {"class_type": "KSampler", "inputs": {"cfg": 8.0, "denoise": 1.00, "seed": 18446744073709551615, "steps": 20}},
 "9": {"class_type": "VAEDecode", "inputs": {"samples": ["10", 0], "odd": NaN}}}`;
const GRAPH = `{"nodes":[{"id":"a-1","type":"KSampler","widgets_values":[18446744073709551615,"fixed",20,8.0,"euler","normal",1.00],"x":-0},
  {"id":-7,"type":"VAEDecode","inputs":[{"name":"samples","type":"LATENT","link":null}]}],"links":[null],"zzz":{"10":1e5,"9":[Infinity]}}`;

function open(text: string) {
  const parsed = parseWorkflow(text);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value;
}

function setSteps(text: string, nodeId: string) {
  const document = open(text);
  const ops = [{ op: 'set_widget', nodeId, widget: 'steps', value: 31 }] as const;
  const edited = applyOps(document, ops, catalog);
  if (!edited.ok) throw new Error(edited.error.code);
  return edited.value;
}

describe('an edited workflow', () => {
  it.each([
    ['API format', API, '10', '"steps": 20'],
    ['save format', GRAPH, 'a-1', ',20,'],
  ])('differs from its file in the edited number only (%s)', (_, text, nodeId, was) => {
    const { document: edited, patch } = setSteps(text, nodeId);
    expect(serializeWorkflow(edited)).toBe(text.replace(was, was.replace('20', '31')));
    const undone = applyPatch(edited, reversePatch(patch));
    expect(undone.ok && serializeWorkflow(undone.value)).toBe(text);
  });

  it('is sent with numbers spelled and keys ordered as in its file, on one line', () => {
    const { document } = setSteps(API, '10');
    const payload = toExecutionPayload(document, catalog);
    const sent = payload.ok ? stringifyExactJson({ prompt: payload.value.payload }) : '';
    const expected = API.replace('20', '31').replace(/\s/g, '');
    expect(sent).toBe(`{"prompt":${expected}}`);
    expect(stringifyExactJson(toExactJson(open(GRAPH)))).toBe(GRAPH.replace(/\s/g, ''));
  });

  it('keeps the order of API nodes without its source text too', () => {
    const { document } = setSteps(API, '10');
    const { source, ...plain } = document;
    expect(source).toBe(API);
    expect(stringifyExactJson(plain.root)).toMatch(/^\{"10":.*"9":/);
  });

  it('is written as the inner text when it was read out of a wrapper', () => {
    expect(serializeWorkflow(open(`{"client_id": "x", "prompt": ${API}}`))).toBe(API);
    expect(serializeWorkflow(open(JSON.stringify({ workflow: GRAPH })))).toBe(GRAPH);
  });
});
