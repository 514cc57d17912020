import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { NUMBER_WORDS } from '../../words/lexicon.ts';
import type { Clause } from '../../reading/clause.ts';
import {
  type SettingConcept,
  nodesWith,
  settingsOf,
  settingsThere,
  widgetsOn,
} from '../../reading/settings.ts';
import { type Outcome, ask, call } from '../../plan.ts';
import { askWhich } from '../../replying/wording.ts';
import { matchChoice } from '../../scene/match-choice.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import { usualWedge } from './usual-wedge.ts';

/** Words that ask for one render per value. After the softer ones a single value is a change, not a wedge. */
const WEDGE =
  /^(?:(?:do|make|run|render|give me|start) )?(?:a |an |the )?(?:wedge|sweep|bracket|grid)(?: out)?(?: (?:of|on|over|for|with|across|through))?:? (?:the |a )?(?<rest>.+)$/;
const COMPARE =
  /^(?:try|test|compare|render with|render at|run with|run at|wedge with)(?: out)?:? (?:the )?(?<rest>.+)$/;
const NAMED_FIRST =
  /^(?:(?:do|make|run|render|give me) )?(?:a |an |the )?(?<setting>[a-z][a-z _]*?) (?:wedge|sweep|bracket)(?: (?:of|on|over|from|at|with|across))?:? ?(?<values>.*)$/;
const CONNECTIVE = /^(?: (?:from|at|over|across|with|of|to|in|values?))*:? ?/;
const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)`;
const COUNTED = new RegExp(
  String.raw`^(?<range>.+?) (?:in|with|over|across) (?<count>\d+|${Object.keys(NUMBER_WORDS).join('|')}) (?:values?|takes?|renders?|samples?|images?|versions?|frames?|points?)$`,
);
const RANGE = new RegExp(
  String.raw`^(?:between (?=.* and ))?(?<from>${NUMBER}) ?(?:-|–|to|\.\.|(?<=^between .*)and) ?(?<to>${NUMBER})(?: (?:by|in steps of|steps of|step|every|in increments of) (?<step>${NUMBER}))?$`,
);
const SEPARATOR = /\s*(?:,|\/|\b(?:and|or|vs|versus)\b\.?|\s)\s*/;
const GRID = / (?:by|against|x|×|times|and|with|versus|vs) (?:the )?/g;
/** Lists of names that are wedged without being named: "try euler and ddim". */
const LISTS: readonly (readonly [widget: string, words: RegExp])[] = [
  ['sampler_name', /^(?:samplers?|sampler names?)\b:? ?/],
  ['scheduler', /^schedulers?\b:? ?/],
];

/** "Wedge cfg 4, 6, 8", "sweep steps from 20 to 40 by 5", "try euler and ddim": one render per value, in one plan. */
export function planWedge(clause: Clause, scene: Scene): Outcome | undefined {
  const plain = clause.plain.replace(/[.!?]+$/, '');
  const named = NAMED_FIRST.exec(plain)?.groups;
  const wedged =
    WEDGE.exec(plain)?.groups?.['rest'] ??
    (named === undefined ? undefined : `${named['setting'] ?? ''} ${named['values'] ?? ''}`.trim());
  const rest = wedged ?? COMPARE.exec(plain)?.groups?.['rest'];
  if (rest === undefined) return undefined;
  const isWedge = wedged !== undefined;
  const axes = readGrid(rest, isWedge, scene) ?? single(readAxis(rest, isWedge, scene));
  if (axes === undefined) return isWedge ? askWhat(rest, scene) : readList(rest, scene);
  const chosen: JsonObject[] = [];
  for (const axis of axes) {
    const nodes = nodesWith(axis.concept, scene);
    const match = resolveNodes(axis.nodeWords, nodes, scene);
    const [node] = match.nodes;
    if (node === undefined) return undefined;
    if (match.nodes.length > 1) {
      return askWhich(`Which ${axis.concept.label} do you mean`, clause.typed, match.nodes, scene);
    }
    const [widget = ''] = widgetsOn(axis.concept, node);
    const how = axis.how ?? usualWedge(widgetOf(node, widget), axis.concept.paces);
    if (how === undefined)
      return ask(`Over which values of ${axis.concept.label}?`, ['what can I change']);
    chosen.push({ node_id: node.id, input_name: widget, ...how });
  }
  return toCall(chosen);
}

interface Axis {
  readonly concept: SettingConcept;
  readonly nodeWords: string;
  /** Undefined: no values were said. */
  readonly how?: JsonObject;
}

function single(axis: Axis | undefined): readonly Axis[] | undefined {
  return axis === undefined ? undefined : [axis];
}

/** Two settings, each with its values: "cfg 4, 6 by steps 20, 30". */
function readGrid(rest: string, isWedge: boolean, scene: Scene): readonly Axis[] | undefined {
  for (const joint of rest.matchAll(GRID)) {
    const first = readAxis(rest.slice(0, joint.index), isWedge, scene);
    const second = readAxis(rest.slice(joint.index + joint[0].length), isWedge, scene);
    if (first?.how === undefined || second?.how === undefined) continue;
    if (first.concept.key !== second.concept.key) return [first, second];
  }
  return undefined;
}

function readAxis(text: string, isWedge: boolean, scene: Scene): Axis | undefined {
  const [, said = text, nodeWords = ''] = /^(.*?) on (?:the )?(#?[\w .:#]+)$/.exec(text) ?? [];
  for (const concept of settingsOf(scene)) {
    if (nodesWith(concept, scene).length === 0) continue;
    const values = withoutName(said, concept);
    if (values === undefined) continue;
    if (values === '') return isWedge ? { concept, nodeWords } : undefined;
    const how = readValues(values);
    if (how !== undefined) return { concept, nodeWords, how };
  }
  return undefined;
}

/** What is left of "cfg: 4, 6" or "4 and 6 cfg" without the name; undefined when it is not about this setting. */
function withoutName(text: string, { aliases }: SettingConcept): string | undefined {
  for (const alias of aliases) {
    if (text === alias) return '';
    if (text.startsWith(alias) && /^[ :=]/.test(text.slice(alias.length))) {
      return text.slice(alias.length).replace(CONNECTIVE, '').trim();
    }
    if (text.endsWith(` ${alias}`)) return text.slice(0, -alias.length - 1).trim();
  }
  return undefined;
}

function readValues(text: string): JsonObject | undefined {
  if (/\bold\b/.test(text)) return readFormulas(text);
  const counted = COUNTED.exec(text)?.groups;
  const range = RANGE.exec(counted?.['range'] ?? text)?.groups;
  if (range !== undefined) {
    const said = counted?.['count'];
    const count = said === undefined ? undefined : (NUMBER_WORDS[said] ?? Number(said));
    return {
      from: Number(range['from']),
      to: Number(range['to']),
      ...(range['step'] === undefined ? {} : { step: Number(range['step']) }),
      ...(count === undefined ? {} : { count }),
    };
  }
  const values = text.split(SEPARATOR).filter((part) => part !== '');
  const isList =
    values.length > 1 && values.every((value) => new RegExp(`^${NUMBER}$`).test(value));
  return isList ? { values: values.map(Number) } : undefined;
}

function readFormulas(text: string): JsonObject | undefined {
  const parts = text.split(/\s*(?:,|\band\b)\s*/).filter((part) => part !== '');
  return parts.length > 1 ? { formulas: parts } : undefined;
}

function readList(rest: string, scene: Scene): Outcome | undefined {
  for (const [widget, words] of LISTS) {
    const names = rest
      .replace(words, '')
      .split(/\s*(?:,|\/|\b(?:and|or|vs|versus)\b)\s*/)
      .filter((part) => part !== '');
    const nodes = scene.nodes.filter((node) => widgetOf(node, widget)?.spec?.choices !== undefined);
    const [node] = resolveNodes('', nodes, scene).nodes;
    if (node === undefined || names.length < 2) continue;
    const choices = widgetOf(node, widget)?.spec?.choices ?? [];
    const values = names.flatMap((name): JsonValue[] => {
      const match = matchChoice(name, choices);
      return match.kind === 'one' ? [match.choice] : [];
    });
    if (values.length === names.length) {
      return toCall([{ node_id: node.id, input_name: widget, values }]);
    }
  }
  return undefined;
}

function askWhat(rest: string, scene: Scene): Outcome | undefined {
  const list = readList(rest, scene);
  if (list !== undefined) return list;
  const offers = settingsThere(scene)
    .slice(0, 3)
    .map(({ key }) => `wedge ${key}`);
  return /^(?:it|this|that)$/.test(rest)
    ? ask('Which setting should go over several values?', offers)
    : ask(`I do not know which setting “${rest}” is, or over which values it should go.`, offers);
}

function toCall(sweep: readonly JsonObject[]): Outcome {
  return call('render_batch', { sweep: [...sweep], wait: false });
}
