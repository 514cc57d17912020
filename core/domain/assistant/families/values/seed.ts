import type { JsonValue } from '../../../../base/json.ts';
import type { Op } from '../../../../contract/workflow.schema.ts';
import { shown } from '../../reading/change-value.ts';
import type { Clause } from '../../reading/clause.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import { applyOps } from '../../../workflow/ops/apply-ops.ts';
import { toNumber } from '../../words/tokenise.ts';
import { askWhich } from '../../replying/wording.ts';
import { type NumberSpot, followNumber } from '../../scene/follow-number.ts';
import type { NodeView } from '../../../workflow/view/view.ts';

const NODE = String.raw`(?:\s+(?:on|for|of|in)\s+(?<node>.+))?`;
const THE = String.raw`(?:the |a |an |my |all |both |every |of |noise )*`;
const EXPLICIT = new RegExp(
  `^(?:(?:set|use|change|make|put|try|with|go with|fix|lock|take|give it|switch)\\s+)?${THE}seeds?(?: value)?${NODE}\\s*(?:to|=|:|is|at|as|with)?\\s*(?<value>-?\\d+)$`,
  'd',
);
const EXPLICIT_LATE = new RegExp(
  `^(?:(?:set|use|change|make|put|try|with|fix|lock)\\s+)?${THE}seeds?(?: value)?\\s*(?:to|=|:|is|at|as)?\\s*(?<value>\\d+)${NODE}$`,
);
const NUMBER_FIRST = new RegExp(`^(?:use )?(?<value>\\d+) (?:as|for) ${THE}seed${NODE}$`);
const RANDOM_ALWAYS = new RegExp(
  `^(?:(?:use|set|make|have|keep|give me|want)\\s+)?(?:${THE}(?:random|new|different|fresh)\\s+seed|randomi[sz]e ${THE}seed|${THE}seed (?:to )?random(?:i[sz]e)?)(?: (?:after|for|on|in|with))? (?:every|each)(?: (?:time|run|render|image|generation|frame|queue))${NODE}$`,
);
const RANDOM = new RegExp(
  `^(?:(?:please )?(?:randomi[sz]e|shuffle|re-?roll|roll|change|scramble|new|refresh) ${THE}seeds?|(?:(?:use|set|try|give me|pick|with|get|go with|make|generate)\\s+)?(?:a |an |the )?(?:new|another|different|other|random|fresh)(?: random)? seed|(?:set )?${THE}seed (?:to )?(?:random|randomi[sz]ed?|something else)|re-?roll(?: it)?)${NODE}$`,
);
const FIX = new RegExp(
  `^(?:(?:fix|lock|freeze|hold|pin|keep|don't change|do not change)\\s+${THE}(?:same )?seeds?(?: fixed| locked| the same| as it is| constant)?|(?:use |keep |with )?(?:the )?(?:same|fixed|constant|current) seed(?: as (?:now|before))?|seed (?:fixed|locked)|set ${THE}seed (?:to )?fixed|make ${THE}seed fixed)${NODE}$`,
);
const LAST = new RegExp(
  `^(?:(?:use|set|restore|take|back to|go back to|bring back|get back)\\s+)?(?:to )?(?:the )?(?:same )?(?:(?:last|previous|old) (?:run's |render's |run |render |image's )?seed|seed (?:of|from|as) (?:the )?(?:last|previous) (?:run|render|image|time|one)|seed as (?:last time|before|the last one))$`,
);
const NEXT = new RegExp(
  `^(?:next seed|seed up|seed (?:up one|\\+ ?1|plus one|plus 1)|(?:increment|bump|step|increase|raise) ${THE}seed(?: by (?:one|1))?)${NODE}$`,
);
const UNLOCK = new RegExp(`^(?:unlock|unfix|unfreeze|release|free) ${THE}seed${NODE}$`);
const BARE = new RegExp(`^(?:set |change the |the )?seed${NODE}$`);

/** Sets, fixes, randomises or brings back the seed. */
export function planSeed(clause: Clause, scene: Scene): Outcome | undefined {
  const { plain } = clause;
  const explicit = EXPLICIT.exec(plain) ?? EXPLICIT_LATE.exec(plain) ?? NUMBER_FIRST.exec(plain);
  const words = (match: RegExpExecArray | null): string =>
    match?.groups?.['node'] ?? (/\b(?:all|both|every)\b/.test(plain) ? 'all' : '');
  if (explicit !== null) {
    const value = toNumber(explicit.groups?.['value'] ?? '0');
    if (value < 0) return ask('A seed is 0 or more.', ['randomise the seed']);
    return change(clause, scene, words(explicit), () => value);
  }
  if (LAST.test(plain)) return bringBack(clause, scene);
  const always = RANDOM_ALWAYS.exec(plain) ?? UNLOCK.exec(plain);
  if (always !== null) return control(clause, scene, words(always), 'randomize');
  const random = RANDOM.exec(plain);
  if (random !== null)
    return change(clause, scene, words(random), (node) =>
      chosenSeed(`${clause.chance}/${node.id}`),
    );
  const fix = FIX.exec(plain);
  if (fix !== null) return control(clause, scene, words(fix), 'fixed');
  const next = NEXT.exec(plain);
  if (next !== null)
    return change(clause, scene, words(next), (node) => nextSeed(seedOf(node)?.value));
  if (BARE.test(plain))
    return ask('Which seed?', ['randomise the seed', 'keep the seed', 'set seed to 42']);
  return undefined;
}

/** A seed that looks random but always comes out the same for the same words; below 2^50 as ComfyUI's page picks them. */
function chosenSeed(text: string): number {
  const high = hash(text, 0x811c9dc5) % 2 ** 18;
  return high * 2 ** 32 + hash(text, 0x9e3779b9);
}

/** The seed setting of a node. */
export function seedOf(
  node: NodeView,
): { readonly name: string; readonly value: JsonValue } | undefined {
  return widgetOf(node, 'seed') ?? widgetOf(node, 'noise_seed');
}

// FNV-1a, 32 bits.
function hash(text: string, start: number): number {
  let state = start;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return state;
}

function nextSeed(value: JsonValue | undefined): number | bigint {
  return typeof value === 'bigint' ? value + 1n : Number(value ?? 0) + 1;
}

function seeded(scene: Scene): readonly NodeView[] {
  const all = scene.nodes.filter((node) => seedOf(node) !== undefined);
  // A sampler that adds no noise has a seed that changes nothing.
  const noisy = all.filter((node) => widgetOf(node, 'add_noise')?.value !== 'disable');
  return noisy.length > 0 ? noisy : all;
}

function choose(
  clause: Clause,
  scene: Scene,
  words: string,
): readonly NodeView[] | Outcome | undefined {
  const candidates = seeded(scene);
  if (candidates.length === 0)
    return ask('This workflow has no seed: nothing in it is left to chance.', [
      'what can I change',
    ]);
  const match = resolveNodes(words, candidates, scene);
  if (match.nodes.length === 0) return undefined;
  if (
    match.nodes.length > 1 &&
    !match.wantsAll &&
    new Set(match.nodes.map((node) => targetOf(node, scene)?.node.id)).size > 1
  ) {
    return askWhich('Which seed do you mean', clause.typed, match.nodes, scene);
  }
  return match.nodes;
}

function change(
  clause: Clause,
  scene: Scene,
  words: string,
  valueFor: (node: NodeView) => number | bigint,
): Outcome | undefined {
  const nodes = choose(clause, scene, words);
  if (nodes === undefined || 'kind' in nodes) return nodes;
  const ops: Op[] = [];
  const says: string[] = [];
  for (const node of nodes) {
    const target = targetOf(node, scene);
    if (target === undefined)
      return ask(
        `The seed of ${scene.label(node)} is fed by another node, so it has none of its own.`,
      );
    const value = valueFor(target.node);
    const where = seeded(scene).length > 1 ? ` on ${scene.label(target.node)}` : '';
    if (shown(target.value) === String(value)) {
      says.push(`Seed${where} is already ${String(value)}`);
    } else if (!ops.some((op) => op.op === 'set_widget' && op.nodeId === target.node.id)) {
      ops.push({ op: 'set_widget', nodeId: target.node.id, widget: target.name, value });
      says.push(`Seed${where} ${shown(target.value)} → ${String(value)}`);
    }
  }
  return edit(ops, says, 'seed');
}

function control(
  clause: Clause,
  scene: Scene,
  words: string,
  mode: 'fixed' | 'randomize',
): Outcome | undefined {
  const nodes = choose(clause, scene, words === '' ? 'all' : words);
  if (nodes === undefined || 'kind' in nodes) return nodes;
  const ops: Op[] = [];
  const says: string[] = [];
  for (const node of nodes) {
    const where = nodes.length > 1 ? ` on ${scene.label(node)}` : '';
    const end =
      mode === 'fixed' ? `stays at ${shown(seedOf(node)?.value)}` : 'changes after every run';
    const op: Op = {
      op: 'set_widget',
      nodeId: node.id,
      widget: 'control_after_generate',
      value: mode,
    };
    // What the page does after a run is no setting of the view; a rehearsal tells whether it is there and differs.
    const rehearsed = applyOps(scene.document, [op], scene.catalog);
    const changes = rehearsed.ok && rehearsed.value.patch.entries.length > 0;
    if (changes) ops.push(op);
    says.push(changes ? `Seed${where} ${end}` : `Seed${where} already ${end}`);
  }
  return edit(ops, says, 'seed');
}

/** Runs remember their seeds as "KSampler seed". */
function bringBack(clause: Clause, scene: Scene): Outcome | undefined {
  const run = scene.session.runs.at(-1);
  const found = Object.entries(run?.keyValues ?? {}).filter(([name]) => /seed$/i.test(name));
  const [first] = found;
  if (run === undefined || first === undefined) {
    return ask('Nothing has been rendered in this session yet, so there is no earlier seed.', [
      'keep the seed',
      'randomise the seed',
    ]);
  }
  return change(
    clause,
    scene,
    seeded(scene).length > 1 && found.length > 1 ? 'all' : '',
    (node) => {
      const own =
        found.find(([name]) => name.toLowerCase().startsWith(node.title.toLowerCase())) ?? first;
      const value = own[1];
      return typeof value === 'number' || typeof value === 'bigint'
        ? value
        : toNumber(shown(value));
    },
  );
}

function targetOf(node: NodeView, scene: Scene): NumberSpot | undefined {
  const seed = seedOf(node);
  return seed === undefined ? undefined : followNumber(node, seed.name, scene);
}
