import { describe, expect, it } from 'vitest';
import { parseWorkflow, workflowFromJson } from './parse-workflow.ts';
import { serializeWorkflow } from './serialize-workflow.ts';

const API = '{"3":{"class_type":"KSampler","inputs":{"seed":18446744073709551615}}}';
const GRAPH = '{"nodes":[],"links":[],"version":0.4}';

describe('parseWorkflow', () => {
  it.each([
    ['the save format 0.4', GRAPH, 'graph'],
    ['the save format 1', '{"version":1,"state":{},"nodes":[],"links":[{"id":1}]}', 'graph'],
    ['the API format', API, 'api'],
    ['a /prompt body', `{"client_id":"x","prompt":${API}}`, 'api'],
    ['picture chunks as texts', JSON.stringify({ workflow: GRAPH, prompt: API }), 'graph'],
    ['picture chunks without a workflow', JSON.stringify({ prompt: API }), 'api'],
    ['what the page’s own conversion gives', `{"output":${API},"workflow":${GRAPH}}`, 'graph'],
    ['a text with a byte order mark', `\ufeff${GRAPH}`, 'graph'],
    ['NaN as Python writes it', '{"1":{"class_type":"A","inputs":{"x":NaN}}}', 'api'],
  ])('reads %s', (_, text, format) => {
    const document = parseWorkflow(text);
    expect(document.ok && document.value.format).toBe(format);
  });

  it('falls back to the payload when the workflow beside it is not one', () => {
    const document = parseWorkflow(`{"workflow":{},"prompt":${API}}`);
    expect(document.ok && document.value.format).toBe('api');
  });

  it('says where a text stops being JSON', () => {
    expect(parseWorkflow('{"nodes": [1,}')).toMatchObject({
      ok: false,
      error: { code: 'workflow/not-json', data: { offset: 13 } },
    });
    expect(parseWorkflow('')).toMatchObject({ ok: false, error: { code: 'workflow/not-json' } });
  });

  it.each([
    ['[]'],
    ['12'],
    ['null'],
    ['"text"'],
    ['{}'],
    ['{"a":1}'],
    ['{"workflow":"{"}'],
    ['{"1":{"inputs":{}}}'],
  ])('says why %s is no workflow', (text) => {
    const document = parseWorkflow(text);
    expect(document).toMatchObject({ ok: false, error: { code: 'workflow/not-a-workflow' } });
    expect(!document.ok && document.error.data).toHaveProperty('reason');
  });
});

describe('serializeWorkflow', () => {
  it('writes exact integers and keys that nobody knows', () => {
    const document = parseWorkflow('{"nodes":[],"zzz":{"big":18446744073709551615,"f":1.50}}');
    const text = document.ok ? serializeWorkflow(document.value) : '';
    expect(text).toBe('{"nodes":[],"zzz":{"big":18446744073709551615,"f":1.50}}');
    expect(parseWorkflow(text)).toEqual(document);
  });

  it('writes two spaces per level when there is no text that it was read from', () => {
    const document = workflowFromJson({ nodes: [], big: 18446744073709551615n });
    const text = document.ok ? serializeWorkflow(document.value) : '';
    expect(text).toBe('{\n  "nodes": [],\n  "big": 18446744073709551615\n}\n');
  });
});
