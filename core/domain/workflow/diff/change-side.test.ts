import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { ChangeSideSchema } from '../../../contract/change-view.schema.ts';
import type { DiffEntry } from '../../../contract/workflow.schema.ts';
import { fromChangeSide, nodesToDraw, toChangeSide } from './change-side.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { viewWorkflow } from '../view/view-workflow.ts';

const root = JSON.parse(
  readFileSync('resources/templates/sdxl-text-to-image.json', 'utf8'),
) as JsonObject;
const view = viewWorkflow({ format: 'graph', root }, createNodeCatalog({}));

it('comes back from data with the same nodes, settings, links and frames', () => {
  const side = toChangeSide(view, nodesToDraw(view, view, []));
  expect(ChangeSideSchema.parse(JSON.parse(JSON.stringify(side)))).toEqual(side);
  const back = fromChangeSide(side);
  expect(back.nodes.map(({ id, title }) => [id, title])).toEqual(
    view.nodes.map(({ id, title }) => [id, title]),
  );
  expect(back.node('3')?.widgets.map(({ name, value }) => [name, value])).toEqual(
    view.node('3')?.widgets.map(({ name, value }) => [name, value]),
  );
  expect(back.links).toEqual(view.links);
  expect(back.groups).toEqual(view.groups);
});

it('draws of a large workflow what changes and what is next to it', () => {
  const [middle] = view.links;
  if (middle === undefined) throw new Error('the template has no link');
  const [pattern] = view.nodes;
  if (pattern === undefined) throw new Error('the template has no node');
  const crowd = Array.from({ length: 200 }, (_, n) => ({ ...pattern, id: `far-${n}` }));
  const large = { ...view, nodes: [...view.nodes, ...crowd] };
  const entry: DiffEntry = {
    kind: 'widget-changed',
    nodeId: middle.to.nodeId,
    nodeTitle: 'x',
    widget: 'steps',
    from: 20,
    to: 30,
  };
  const drawn = nodesToDraw(large, large, [entry]);
  expect(drawn.has(middle.to.nodeId) && drawn.has(middle.from.nodeId)).toBe(true);
  expect([...drawn].filter((id) => id.startsWith('far-'))).toEqual([]);
});
