import { settingLabel } from '../../../workflow/view/setting-label.ts';
import type { NodeView, WidgetView } from '../../../workflow/view/view.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { type Clause, typedPart } from '../../reading/clause.ts';
import { compact, matchChoice } from '../../scene/match-choice.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import type { Scene } from '../../scene/scene.ts';
import { settingsOf } from '../../reading/settings.ts';
import { askWhich, orList, refer } from '../../replying/wording.ts';
import { askChoice, listOf, pick, splitNode, unquoted } from './choose-from-list.ts';

/** Verbs that pick from a list. */
export const VERB = String.raw`(?:set|change|make|switch(?: out)?|swap(?: out)?|use|put|try|load(?: up)?|bring up|go|take|pick|select|choose|want|give me|replace|exchange|i want|update|run it with|render with|with)`;

/** Words between a list and its value. */
export const TO = String.raw`(?:to|for|with|=|:|as|is|into|->|→)`;

/** Lists, switches and short texts that have no kind of their own: "upscale method to lanczos". */
export function planOtherLists(clause: Clause, scene: Scene): Outcome | undefined {
  for (const concept of settingsOf(scene)) {
    for (const alias of concept.aliases) {
      const pattern = new RegExp(
        `^(?:${VERB} )?(?:the )?${escapeRegExp(alias)}(?: (?:on|for|of|in) (?:the )?(?<node>.+?))?\\s*(?:${TO}\\s*|\\s)(?<value>.+)$`,
        'd',
      );
      const match = pattern.exec(clause.plain);
      const range = match?.indices?.groups?.['value'];
      if (range === undefined) continue;
      const typed = unquoted(clause.reading.typed(range[0], range[1]).trim());
      const outcome = setOther(
        clause,
        scene,
        concept.widgets.flat(),
        typed,
        match?.groups?.['node'] ?? '',
      );
      if (outcome !== undefined) return outcome;
    }
  }
  return undefined;
}

function setOther(
  clause: Clause,
  scene: Scene,
  widgets: readonly string[],
  typed: string,
  nodeWords: string,
): Outcome | undefined {
  const kindOf = (node: NodeView): string | undefined => listOf(node, widgets)?.spec?.type;
  const candidates = scene.nodes.filter((node) =>
    /^(?:COMBO|STRING|BOOLEAN)$/.test(kindOf(node) ?? ''),
  );
  const [value = '', tail = ''] =
    kindOf(candidates[0] ?? scene.nodes[0] ?? ({ widgets: [] } as never)) === 'STRING'
      ? [typed]
      : splitNode(typed.toLowerCase());
  const match = resolveNodes(nodeWords === '' ? tail : nodeWords, candidates, scene);
  const [first] = match.nodes;
  const widget = first === undefined ? undefined : listOf(first, widgets);
  if (first === undefined || widget?.spec === undefined) return undefined;
  const label = settingLabel(widget.name);
  const read = readSpecValue(value, widget);
  if (read === undefined)
    return askChoice(
      matchNear(value, widget),
      value,
      label.toLowerCase(),
      nodeWords,
      widget,
      false,
    );
  if (match.nodes.length > 1 && !match.wantsAll)
    return askWhich(`Which ${label} do you mean`, clause.typed, match.nodes, scene);
  const results = match.nodes.map((node) =>
    pick(node, widgets, read, label, candidates.length > 1, scene),
  );
  return edit(
    results.flatMap((each) => each.ops),
    results.flatMap((each) => each.says),
  );
}

function readSpecValue(value: string, widget: WidgetView): string | boolean | undefined {
  if (widget.spec?.type === 'STRING') return value;
  if (widget.spec?.type === 'BOOLEAN') {
    if (/^(?:on|yes|true|enabled?)$/i.test(value)) return true;
    return /^(?:off|no|false|disabled?)$/i.test(value) ? false : undefined;
  }
  const found = matchChoice(value, widget.spec?.choices ?? []);
  return found.kind === 'one' ? found.choice : undefined;
}

function matchNear(value: string, widget: WidgetView): readonly string[] {
  const found = matchChoice(value, widget.spec?.choices ?? []);
  return found.kind === 'several' ? found.choices : found.kind === 'none' ? found.near : [];
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const OUTPUT_NAME =
  /^(?:name|call|rename|prefix) (?:the |my )?(?:outputs?|output files?|files?|renders?|saved files?)(?:\s+(?:to|as|with|=)|\s*:)?\s+(?<value>\S+)$/d;

/** "Name the output SH020_v003": what the saved files begin with. */
export function planOutputName(clause: Clause, scene: Scene): Outcome | undefined {
  const match = OUTPUT_NAME.exec(clause.plain);
  const value = match === null ? undefined : typedPart(clause, match, 'value');
  return value === undefined ? undefined : setOther(clause, scene, ['filename_prefix'], value, '');
}

/** "Use bicubic": a value that one list of the workflow has, and no other kind of thing is called. */
export function planUniqueValue(clause: Clause, scene: Scene, value: string): Outcome | undefined {
  const lists = scene.nodes.flatMap((node) =>
    node.widgets
      .filter((widget) => widget.spec?.type === 'COMBO' && !widget.isLinked)
      .filter(
        (widget) => widget.spec?.choices?.some((choice) => isSameName(choice, value)) === true,
      )
      .map((widget) => ({ node, widget })),
  );
  const [first] = lists;
  if (first === undefined || value.length < 4) return undefined;
  if (lists.length === 1)
    return setOther(clause, scene, [first.widget.name], value, `#${first.node.id}`);
  return ask(
    `Where: ${orList(lists.map(({ node, widget }) => `${settingLabel(widget.name).toLowerCase()} on ${scene.label(node)}`))}?`,
    lists
      .slice(0, 5)
      .map(({ node, widget }) => `set ${spoken(widget.name)} to ${value} on ${refer(node)}`),
  );
}

function isSameName(choice: JsonValue, value: string): boolean {
  return typeof choice === 'string' && compact(choice) === compact(value);
}

function spoken(widget: string): string {
  return widget.replaceAll('_', ' ');
}
