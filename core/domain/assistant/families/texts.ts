import { type Clause, typedPart } from '../reading/clause.ts';
import { type Outcome, answer, ask, edit } from '../plan.ts';
import { resolveNodes } from '../scene/resolve-node.ts';
import type { Scene } from '../scene/scene.ts';
import { type Side, type TextSpot, textsOf } from '../scene/trace.ts';
import { addToText, removeFromText, replaceInText } from '../reading/prompt-text.ts';
import { orList, refer } from '../replying/wording.ts';

type Write = (text: string) => string | undefined;

const TARGET = String.raw`(?:the |my |its )?(?<target>(?:(?:positive|negative|pos|neg|main)(?: prompt| text| side| one)?)|prompt(?: text)?|text prompt|text|description)`;
const IN = String.raw`(?:\s+(?:of|on) (?<node>.+))?`;
const SET = new RegExp(
  `^(?:(?:set|change|make|new|rewrite|update|use|replace|write) )?${TARGET}${IN}\\s*(?::|=|\\bto read\\b|\\bto be\\b|\\bto say\\b|\\bto\\b|\\bwith\\b|\\bshould (?:be|say|read)\\b)\\s*(?<words>.+)$`,
  'ds',
);
const SET_QUOTED = new RegExp(
  `^(?:(?:set|change|make|new|use) )?${TARGET}\\s*(?<words>"[^"]+")$`,
  'ds',
);
const ADD = new RegExp(
  `^(?:also )?(?:add|append|include|put|insert|stick|throw|chuck|write|tack|prepend|slap|pop)\\s+(?:in )?(?<words>.+?)\\s+(?:on ?to|into|in|to|(?:at|on|to) the (?:end|start|front|beginning) of|on) ${TARGET}(?: too| as well)?${IN}$`,
  'ds',
);
const ADD_LATE = new RegExp(
  `^(?:add |append )?(?:to )?${TARGET}\\s*(?:,|:)?\\s*(?:add|append|include)\\s*:?\\s*(?<words>.+)$`,
  'ds',
);
const ADD_TO = new RegExp(
  `^(?:add|append|include) (?:in|to) ${TARGET}\\s*:?\\s*(?<words>.+)$`,
  'ds',
);
const REMOVE = new RegExp(
  `^(?:remove|delete|drop|take|cut|strip|lose|erase|get rid of|kill|scrap)\\s+(?:the )?(?:words? |phrase |bit about )?(?<words>.+?)\\s+(?:out of|from|off|in) ${TARGET}${IN}$`,
  'ds',
);
const REPLACE = new RegExp(
  `^(?:replace|swap|change|exchange|switch|turn)\\s+(?:the )?(?:words? |phrase )?(?<words>.+?)\\s+(?:with|for|by|to|into|->|→)\\s+(?<other>.+?)(?:\\s+in ${TARGET})?${IN}$`,
  'ds',
);
const INSTEAD = /^(?:make it |use |i want |say )?(?<other>.+?) instead of (?<words>.+)$/ds;
const CLEAR = new RegExp(
  `^(?:clear|empty|blank|wipe|erase|remove|delete)(?: out)?(?: all of)? ${TARGET}$`,
  'd',
);
const SAY = new RegExp(
  `^(?:what(?:'s| is| does) |show (?:me )?|read )${TARGET}(?: say| now| right now)?$`,
  'd',
);

/** Without quotes these are settings, not words of a text. */
const NO_WORDS =
  /^(?:it|this|prompt|positive|negative|seed|steps|cfg|guidance|size|model|checkpoint|ckpt|sampler|scheduler|lora|vae|denoise|width|height|resolution|upscale|aspect|node|strength)\b/;

/** Edits the positive or negative text; which is which is traced to the sampler. */
export function planTexts(clause: Clause, scene: Scene): Outcome | undefined {
  const clear = CLEAR.exec(clause.plain);
  if (clear !== null) return write(clause, clear, scene, () => '', 'cleared');
  for (const pattern of [ADD, ADD_TO, ADD_LATE]) {
    const add = pattern.exec(clause.plain);
    const words = add === null ? undefined : typedPart(clause, add, 'words');
    if (add === null || words === undefined || reachesFurther(words)) continue;
    const atFront = /^(?:also )?prepend|(?:at|on|to) the (?:start|front|beginning) of/.test(
      clause.plain,
    );
    return write(clause, add, scene, (text) => addToText(text, words, atFront), `“${words}” added`);
  }
  const remove = REMOVE.exec(clause.plain);
  const gone = remove === null ? undefined : typedPart(clause, remove, 'words');
  if (remove !== null && gone !== undefined && !reachesFurther(gone)) {
    return write(
      clause,
      remove,
      scene,
      (text) => removeFromText(text, gone),
      `“${gone}” removed`,
      gone,
    );
  }
  return planReplace(clause, scene) ?? planSet(clause, scene);
}

function planSet(clause: Clause, scene: Scene): Outcome | undefined {
  const set = SET_QUOTED.exec(clause.plain) ?? SET.exec(clause.plain);
  const words = set === null ? undefined : typedPart(clause, set, 'words');
  if (set === null || words === undefined || words === '') return undefined;
  return write(clause, set, scene, () => words, `now “${words}”`);
}

/** "Replace red with blue": only when the words stand in a text; else it may be about a model or a node. */
function planReplace(clause: Clause, scene: Scene): Outcome | undefined {
  const match = REPLACE.exec(clause.plain) ?? INSTEAD.exec(clause.plain);
  if (
    match === null ||
    (match.groups?.['target'] === undefined && NO_WORDS.test(match.groups?.['words'] ?? ''))
  )
    return undefined;
  const words = typedPart(clause, match, 'words');
  const other = typedPart(clause, match, 'other');
  if (words === undefined || other === undefined) return undefined;
  const doIt: Write = (text) => replaceInText(text, words, other);
  const says = `“${words}” → “${other}”`;
  if (match.groups?.['target'] !== undefined) return write(clause, match, scene, doIt, says, words);
  const sides = (['positive', 'negative'] as const).filter((side) =>
    textsOf(scene, side).some((spot) => doIt(spot.text) !== undefined),
  );
  const [side] = sides;
  if (side === undefined) return undefined;
  if (sides.length > 1) {
    return ask(
      `“${words}” stands in both texts. In which one?`,
      sides.map((each) => `replace "${words}" with "${other}" in the ${each} prompt`),
    );
  }
  return writeTo(clause, side, '', scene, doIt, says, words);
}

/** "rain to the prompt and add fog" is two requests, not one long text. */
function reachesFurther(words: string): boolean {
  return /\b(?:to|from|in|into) the (?:positive|negative|prompt|neg)\b/i.test(words);
}

function sideOf(target: string): Side {
  return /^neg/.test(target) ? 'negative' : 'positive';
}

function write(
  clause: Clause,
  match: RegExpExecArray,
  scene: Scene,
  doIt: Write,
  says: string,
  wanted?: string,
): Outcome {
  const side = sideOf(match.groups?.['target'] ?? '');
  return writeTo(clause, side, match.groups?.['node'] ?? '', scene, doIt, says, wanted);
}

function writeTo(
  clause: Clause,
  side: Side,
  nodeWords: string,
  scene: Scene,
  doIt: Write,
  says: string,
  wanted?: string,
): Outcome {
  const all = textsOf(scene, side);
  if (all.length === 0) {
    const other: Side = side === 'negative' ? 'positive' : 'negative';
    const offer =
      textsOf(scene, other).length > 0
        ? [`what is the ${other} prompt`]
        : ['explain this workflow'];
    return ask(`This workflow has no ${side} text that reaches a sampler.`, offer);
  }
  const named = resolveNodes(
    nodeWords,
    all.map((spot) => spot.node),
    scene,
  );
  const spots = all.filter((spot) => named.nodes.some((node) => node.id === spot.node.id));
  const fitting =
    wanted === undefined ? spots : spots.filter((spot) => doIt(spot.text) !== undefined);
  if (wanted !== undefined && fitting.length === 0) {
    return ask(
      `The ${side} text does not say “${wanted}”. It says: “${shorten(spots[0]?.text ?? '')}”.`,
      offersFor(wanted, side, scene, doIt),
    );
  }
  const holders = new Set(fitting.map((spot) => spot.node.id));
  if (holders.size > 1 && !named.wantsAll) {
    const unique = [...holders].flatMap((id) => scene.node(id) ?? []);
    return ask(
      `There is more than one ${side} text: ${orList(unique.map((node) => scene.label(node)))}?`,
      [
        ...unique.slice(0, 5).map((node) => `${clause.typed} of ${refer(node)}`),
        `${clause.typed} of all`,
      ],
    );
  }
  return writeAll(fitting, side, doIt, says);
}

function writeAll(spots: readonly TextSpot[], side: Side, doIt: Write, says: string): Outcome {
  const changed = spots.flatMap((spot) => {
    const text = doIt(spot.text);
    return text === undefined || text === spot.text ? [] : [{ spot, text }];
  });
  const name = side === 'positive' ? 'Prompt' : 'Negative';
  if (changed.length === 0) return edit([], [`${name} already says that`]);
  return edit(
    changed.map(({ spot, text }) => ({
      op: 'set_widget',
      nodeId: spot.node.id,
      widget: spot.widget,
      value: text,
    })),
    [`${name}: ${says}`],
  );
}

function offersFor(wanted: string, side: Side, scene: Scene, doIt: Write): readonly string[] {
  const other: Side = side === 'negative' ? 'positive' : 'negative';
  const isThere = textsOf(scene, other).some((spot) => doIt(spot.text) !== undefined);
  return isThere ? [`remove "${wanted}" from the ${other} prompt`] : [`what is the ${side} prompt`];
}

/** Says what the positive or negative text is; undefined when that was not asked. */
export function planSayText(clause: Clause, scene: Scene): Outcome | undefined {
  const match = SAY.exec(clause.plain);
  if (match === null) return undefined;
  const side = sideOf(match.groups?.['target'] ?? '');
  const spots = textsOf(scene, side);
  if (spots.length === 0) return answer(`This workflow has no ${side} text.`);
  return answer(
    spots
      .map((spot) => `${spots.length > 1 ? `${scene.label(spot.node)}: ` : ''}“${spot.text}”`)
      .join('\n'),
  );
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
