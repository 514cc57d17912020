import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../core/base/json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { describeWorkflow } from '../../core/domain/workflow/describe/describe-workflow.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../core/domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';

const folder = new URL('../../resources/templates/', import.meta.url).pathname;
const infoPath = new URL('../fixtures/object-info.core.json', import.meta.url).pathname;
const info = parseExactJson(readFileSync(infoPath, 'utf8'));
const catalog = createNodeCatalog(info.ok && isJsonObject(info.value) ? info.value : {});
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

function open(file: string) {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  const document = parseWorkflow(text);
  if (!document.ok) throw new Error(`${file}: ${document.error.code}`);
  return { text, document: document.value, view: viewWorkflow(document.value, catalog) };
}

it('has the templates that the product names', () => {
  expect(files).toEqual(expect.arrayContaining(['sdxl-text-to-image.json', 'image-adjust.json']));
  expect(files).toHaveLength(6);
});

describe.each(files)('template %s', (file) => {
  const { document, view } = open(file);

  it('has no problems and converts without a guess', () => {
    expect(validateWorkflow(document, catalog)).toEqual([]);
    const made = toExecutionPayload(document, catalog);
    expect(made.ok && made.value.report).toEqual([]);
    expect(made.ok && Object.keys(made.value.payload)).toHaveLength(view.nodes.length);
  });

  it('says what it is called and what it is for', () => {
    const extra = document.root['extra'];
    const about = isJsonObject(extra) ? (extra['info'] as JsonObject) : {};
    expect(about['name']).toMatch(/\w/);
    expect(about['description']).toMatch(/\.$/);
  });

  it('stores every setting, links both ends, and keeps nodes inside frames and apart', () => {
    for (const node of view.nodes) {
      for (const other of view.nodes) {
        if (node.id < other.id) expect(overlaps(node, other)).toBe(false);
      }
      expect(view.groups.some((group) => contains(group.bounds, node))).toBe(true);
      expect(node.widgets.every((widget) => widget.spec !== undefined)).toBe(true);
    }
    expect(view.links).toHaveLength((document.root['links'] as readonly unknown[]).length);
  });

  it('explains itself in four to ten sentences', () => {
    const sentences = describeWorkflow(view);
    expect(sentences.length).toBeGreaterThanOrEqual(4);
    expect(sentences.length).toBeLessThanOrEqual(10);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('is the same after being saved', () => {
    expect(parseWorkflow(serializeWorkflow(document))).toEqual({ ok: true, value: document });
  });
});

interface Placed {
  readonly position?: readonly [number, number];
  readonly size?: readonly [number, number];
}

/** ComfyUI draws the title above a node's position. */
const TITLE_HEIGHT = 30;

function overlaps(a: Placed, b: Placed): boolean {
  const [ax, ay] = a.position!;
  const [bx, by] = b.position!;
  return (
    ax < bx + b.size![0] &&
    bx < ax + a.size![0] &&
    ay - TITLE_HEIGHT < by + b.size![1] &&
    by - TITLE_HEIGHT < ay + a.size![1]
  );
}

function contains(bounds: readonly [number, number, number, number], node: Placed): boolean {
  const [x, y] = node.position!;
  return (
    x >= bounds[0] &&
    y - TITLE_HEIGHT >= bounds[1] &&
    x + node.size![0] <= bounds[0] + bounds[2] &&
    y + node.size![1] <= bounds[1] + bounds[3]
  );
}
