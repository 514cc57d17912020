import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonValue } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import {
  type BatchAxis,
  type BatchItem,
  MAX_BATCH_ITEMS,
} from '../../contract/run/batch.schema.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import type { WorkflowDocument } from '../workflow/document.ts';
import { settingLabel } from '../workflow/view/setting-label.ts';
import { viewWorkflow } from '../workflow/view/view-workflow.ts';
import type { WorkflowView } from '../workflow/view/view.ts';
import { varySeeds } from './vary-seeds.ts';
import { type SweepValues, expandValues } from './expand-values.ts';

/** A setting and the values that it goes over. */
export interface SweepAxis extends SweepValues {
  readonly nodeId: string;
  readonly widget: string;
}

/** What a batch renders, before it is put before the artist. */
export interface BatchPlan {
  readonly title: string;
  readonly axes: readonly BatchAxis[];
  readonly items: readonly Pick<BatchItem, 'label' | 'ops'>[];
}

/** Renders that differ in their seeds only; the first has the seed as it is. Undefined without a seed to vary. */
export function planVariations(view: WorkflowView, count: number): BatchPlan | undefined {
  const items = Array.from({ length: count }, (_, step) => {
    const ops = varySeeds(view, step);
    const value = ops[0]?.value;
    return { label: `Seed ${value === undefined ? '' : stringifyExactJson(value)}`, ops };
  });
  if (items.every(({ ops }) => ops.length === 0)) return undefined;
  return { title: count === 1 ? 'Another seed' : `${count} variations`, axes: [], items };
}

/**
 * Every combination of the values of one or two settings, each rehearsed on the document, so that a value
 * that cannot be set is refused here. Values that come to the same on the setting's grid are one.
 */
export function planSweep(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  axes: readonly SweepAxis[],
): Result<BatchPlan, AppError> {
  const view = viewWorkflow(document, catalog);
  const rows: (readonly Op[])[] = [];
  for (const axis of axes) {
    const spec = view.node(axis.nodeId)?.widgets.find(({ name }) => name === axis.widget)?.spec;
    const values = expandValues(axis, spec);
    const { nodeId, widget } = axis;
    rows.push(values.map((value) => ({ op: 'set_widget', nodeId, widget, ...value }) as const));
  }
  const count = rows.reduce((product, row) => product * row.length, 1);
  if (count > MAX_BATCH_ITEMS) {
    return err(appError('batch/too-many', { count, limit: MAX_BATCH_ITEMS }));
  }
  const named = axes.map(({ nodeId, widget }) => ({
    nodeId,
    widget,
    label: axisLabel(view, nodeId, widget),
  }));
  const items = new Map<string, BatchPlan['items'][number]>();
  for (const ops of combine(rows)) {
    const applied = applyOps(document, ops, catalog);
    if (!applied.ok) return applied;
    const settled = applied.value.ops.flatMap((op) =>
      op.op === 'set_widget' && op.value !== undefined
        ? [{ op: op.op, nodeId: op.nodeId, widget: op.widget, value: op.value }]
        : [],
    );
    const label = settled
      .map(({ value }, index) => `${named[index]?.label ?? ''} ${shownValue(value)}`.trim())
      .join(' · ');
    if (!items.has(label)) items.set(label, { label, ops: settled });
  }
  if (items.size < 2) return err(appError('batch/nothing-varies', {}));
  return ok({
    title: titleOf(named, [...items.values()]),
    axes: named,
    items: [...items.values()],
  });
}

/** Nodes whose result may differ between the items: those that are set, and all behind them. */
export function affectedNodes(
  view: WorkflowView,
  items: readonly Pick<BatchItem, 'ops'>[],
): ReadonlySet<string> {
  const reached = new Set(
    items.flatMap(({ ops }) => ops.flatMap((op) => ('nodeId' in op ? [op.nodeId] : []))),
  );
  let size = -1;
  while (size !== reached.size) {
    size = reached.size;
    for (const { from, to } of view.links) if (reached.has(from.nodeId)) reached.add(to.nodeId);
  }
  return reached;
}

function combine(rows: readonly (readonly Op[])[]): readonly (readonly Op[])[] {
  return rows.reduce<readonly (readonly Op[])[]>(
    (sofar, row) => sofar.flatMap((ops) => row.map((op) => [...ops, op])),
    [[]],
  );
}

function axisLabel(view: WorkflowView, nodeId: string, widget: string): string {
  const label = settingLabel(widget);
  const others = view.nodes.filter(
    (node) => node.mode === 'active' && node.widgets.some(({ name }) => name === widget),
  );
  const title = view.node(nodeId)?.title;
  return others.length > 1 && title !== undefined ? `${label} on ${title}` : label;
}

const MOST_NAMED = 4;

function titleOf(axes: readonly BatchAxis[], items: BatchPlan['items']): string {
  return axes
    .map(({ label }, index) => {
      const values = [
        ...new Set(
          items.flatMap(({ ops }) => {
            const op = ops[index];
            return op?.op === 'set_widget' && op.value !== undefined ? [shownValue(op.value)] : [];
          }),
        ),
      ];
      if (values.length > MOST_NAMED) {
        return `${label} from ${values[0] ?? ''} to ${values.at(-1) ?? ''}, ${values.length} values`;
      }
      return `${label} ${values.slice(0, -1).join(', ')}${values.length > 1 ? ' and ' : ''}${values.at(-1) ?? ''}`;
    })
    .join(' × ');
}

function shownValue(value: JsonValue): string {
  return typeof value === 'string' ? value : stringifyExactJson(value);
}
