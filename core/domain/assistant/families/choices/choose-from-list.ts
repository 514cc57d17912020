import type { Op } from '../../../../contract/workflow.schema.ts';
import type { NodeView, WidgetView } from '../../../workflow/view/view.ts';
import { shown as shownValue } from '../../reading/change-value.ts';
import type { Clause } from '../../reading/clause.ts';
import { bareName, matchChoice } from '../../scene/match-choice.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import { askWhich, orList } from '../../replying/wording.ts';

/** Lists that have a name of their own in an artist's mouth. */
export interface Kind {
  readonly words: string;
  readonly label: string;
  readonly widgets: readonly string[];
}

/** Picks a value of a kind of list on the node that is meant; asks where the words fit none or several. */
export function choose(
  clause: Clause,
  scene: Scene,
  kind: Kind,
  words: string,
  nodeWords: string,
): Outcome | undefined {
  const candidates = holders(kind.widgets, scene);
  if (candidates.length === 0) {
    return ask(
      `This workflow has no node that picks ${/^[aeiouA]/.test(kind.label) ? 'an' : 'a'} ${kind.label}.`,
      kind.label === 'LoRA' ? [`add the ${words} lora`] : ['explain this workflow'],
    );
  }
  const pair = kind.label === 'sampler' ? splitSchedule(words, candidates) : undefined;
  const wanted = pair?.sampler ?? words;
  const match = resolveNodes(nodeWords, candidates, scene);
  const [first] = match.nodes;
  if (first === undefined) return undefined;
  const widget = listOf(first, kind.widgets);
  if (widget === undefined) return undefined;
  if (wanted === '') return askWhichValue(kind.label, widget);
  const found = matchChoice(wanted, widget.spec?.choices ?? []);
  if (found.kind !== 'one')
    return askChoice(
      found.kind === 'several' ? found.choices : found.near,
      wanted,
      kind.label,
      nodeWords,
      widget,
      found.kind === 'several',
    );
  if (match.nodes.length > 1 && !match.wantsAll) {
    return askWhich(`Which ${kind.label} do you mean`, clause.typed, match.nodes, scene);
  }
  const outcomes = match.nodes.map((node) =>
    pick(node, kind.widgets, found.choice, kind.label, candidates.length > 1, scene),
  );
  const more =
    pair === undefined
      ? []
      : match.nodes.map((node) =>
          pick(node, ['scheduler'], pair.scheduler, 'scheduler', candidates.length > 1, scene),
        );
  const all = [...outcomes, ...more];
  return edit(
    all.flatMap((each) => each.ops),
    all.flatMap((each) => each.says),
  );
}

/** "DPM++ 2M Karras" is a sampler and a scheduler in one name. */
export function splitSchedule(
  words: string,
  nodes: readonly NodeView[],
): { readonly sampler: string; readonly scheduler: string } | undefined {
  const parts =
    /^(?<sampler>.+?)[ _-]+(?:with |and )?(?<scheduler>karras|exponential|sgm uniform|beta|simple|normal)$/.exec(
      words,
    )?.groups;
  const schedulers =
    nodes[0] === undefined ? undefined : widgetOf(nodes[0], 'scheduler')?.spec?.choices;
  if (parts === undefined || schedulers === undefined) return undefined;
  const found = matchChoice(parts['scheduler'] ?? '', schedulers);
  return found.kind === 'one'
    ? { sampler: parts['sampler'] ?? '', scheduler: found.choice }
    : undefined;
}

/** Sets a list to a value, in words of the reply. */
export function pick(
  node: NodeView,
  widgets: readonly string[],
  value: string | boolean,
  label: string,
  isNamed: boolean,
  scene: Scene,
): { readonly ops: readonly Op[]; readonly says: readonly string[] } {
  const widget = listOf(node, widgets);
  const where = isNamed ? ` on ${scene.label(node)}` : '';
  const name = label.slice(0, 1).toUpperCase() + label.slice(1);
  if (widget === undefined || widget.value === value) {
    return { ops: [], says: [`${name}${where} is already ${String(value)}`] };
  }
  const op: Op = { op: 'set_widget', nodeId: node.id, widget: widget.name, value };
  return { ops: [op], says: [`${name}${where} ${shownValue(widget.value)} → ${String(value)}`] };
}

/** Offers the values that come nearest, or some of what there is. */
export function askChoice(
  names: readonly string[],
  wanted: string,
  label: string,
  nodeWords: string,
  widget: WidgetView,
  isSeveral: boolean,
): Outcome {
  const all = (widget.spec?.choices ?? []).filter((choice) => typeof choice === 'string');
  const shown = (names.length > 0 ? names : all).slice(0, 5);
  const listed = orList(shown.map(bareName));
  const text = isSeveral
    ? `“${wanted}” fits more than one ${label}: ${listed}?`
    : `There is no ${label} called “${wanted}”. ${names.length > 0 ? `The nearest: ${listed}.` : `There is ${listed}.`}`;
  const suffix = nodeWords === '' ? '' : ` on ${nodeWords}`;
  return ask(
    text,
    shown.map((name) => `set the ${label} to "${bareName(name)}"${suffix}`),
  );
}

/** Nodes whose class lists values for one of the settings; refiners and other loaders alike. */
export function holders(widgets: readonly string[], scene: Scene): readonly NodeView[] {
  return scene.nodes.filter((node) => listOf(node, widgets)?.spec?.choices !== undefined);
}

/** The list of a node among settings of one kind. */
export function listOf(node: NodeView, widgets: readonly string[]): WidgetView | undefined {
  return node.widgets.find((widget) => widgets.includes(widget.name));
}

/** "Karras on the second sampler": the value and the node. */
export function splitNode(value: string): readonly string[] {
  const match = /^(?<value>.+?) (?:on|for|in) (?:the )?(?<node>.+)$/.exec(value);
  return match === null ? [value] : [match.groups?.['value'] ?? '', match.groups?.['node'] ?? ''];
}

/** Without quotes round it. */
export function unquoted(text: string): string {
  return text.replace(/^["'“]|["'”]$/g, '').trim();
}

function askWhichValue(label: string, widget: WidgetView): Outcome {
  const names = (widget.spec?.choices ?? []).filter((choice) => typeof choice === 'string');
  const shown = names.filter((name) => name !== widget.value).slice(0, 5);
  return ask(
    `Which ${label}? It is ${bareName(shownValue(widget.value))} now.`,
    shown.map((name) => `set the ${label} to "${bareName(name)}"`),
  );
}
