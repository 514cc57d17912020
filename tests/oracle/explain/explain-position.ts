import { type JsonObject, isJsonArray } from '../../../core/base/json.ts';
import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { defaultValueOf } from '../../../core/domain/workflow/create-catalog.ts';
import { storedWidgets } from '../../../core/domain/workflow/widgets/stored-widgets.ts';
import { widgetLayout } from '../../../core/domain/workflow/widgets/widget-layout.ts';
import { type AnswerDifference, sameAnswer } from '../compare-answers.ts';
import { nodesAlong, typeText } from './change-workflow.ts';

/**
 * Why a setting differs on a node whose stored values do not fit its class: the page deals place by place
 * all the same. Only where we say so too (a doubt), and only for the value that stands at that place.
 */
export function explainPosition(
  { id, part, page }: AnswerDifference,
  workflow: JsonObject,
  catalog: NodeCatalog,
): string | undefined {
  if (typeof part === 'string') return undefined;
  const path = nodesAlong(workflow, id);
  const node = path.length === id.split(':').length ? path.at(-1) : undefined;
  const nodeClass = node === undefined ? undefined : catalog.get(typeText(node));
  const values = node?.['widgets_values'];
  if (node === undefined || nodeClass === undefined || !isJsonArray(values)) return undefined;
  const layout = widgetLayout(nodeClass);
  const place = layout.findIndex((each) => each.kind === 'widget' && each.spec.name === part.input);
  const entry = layout[place];
  if (entry?.kind !== 'widget' || storedWidgets(node, nodeClass).doubts.length === 0) {
    return undefined;
  }
  const dealt = place < values.length ? values[place] : defaultValueOf(entry.spec);
  return sameAnswer(dealt, page)
    ? 'the stored values do not fit the class; the page deals them place by place, ours skips what cannot be meant and says so'
    : undefined;
}
