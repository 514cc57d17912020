import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import type { Clause, Family } from './clause.ts';
import { planAddLora } from './families/add-lora.ts';
import { planAddNode } from './families/add-node.ts';
import { planAddSecondPass } from './families/add-second-pass.ts';
import { planAddUpscale } from './families/add-upscale.ts';
import { planChoices } from './families/choices.ts';
import { planExplain } from './families/explain.ts';
import { planFiles } from './families/files.ts';
import { planHistory } from './families/history.ts';
import { planRunning } from './families/running.ts';
import { planSeed } from './families/seed.ts';
import { planSize } from './families/size.ts';
import { planStructure } from './families/structure.ts';
import { planTexts } from './families/texts.ts';
import { planValues } from './families/values.ts';
import { followUp } from './follow-up.ts';
import { type Outcome, type Plan, type PlanContext, type PlannedCall, ask } from './plan.ts';
import { createScene, type Scene } from './scene.ts';
import { type Segment, splitRequests, withoutCourtesies } from './split-requests.ts';
import { offersFor } from './unclear.ts';
import { readWords } from './words/read-words.ts';
import { applyOps } from '../workflow/apply-ops.ts';

/** Longest row of segments that is tried as one request. */
const LONGEST = 12;
/** More than this many segments is prose, not requests. */
const MOST_SEGMENTS = 40;

/** In this order; the first that knows every word of a request takes it. */
const EDITS: readonly Family[] = [
  planTexts,
  planSeed,
  planAddSecondPass,
  planAddUpscale,
  planAddLora,
  planSize,
  planValues,
  planStructure,
  planChoices,
  planAddNode,
];

/**
 * Turns a message into tool calls, a question or an answer. All edits of a message become one change set. Where
 * any part is not understood or could mean two things, nothing is done and the plan is a question.
 */
export function planMessage(message: string, context: PlanContext): Plan {
  const text = followUp(message, context.session) ?? message;
  const state: Progress = {
    text,
    context,
    ops: [],
    says: [],
    steps: [],
    chance: chanceOf(text, context),
    corrections: [],
    verb: '',
  };
  state.scene = context.document === null ? undefined : createScene(context.document, context);
  const segments = splitRequests(text);
  if (segments.length === 0)
    return {
      kind: 'question',
      text: 'What would you like to change?',
      suggestions: offersFor('', state.scene),
    };
  if (segments.length > MOST_SEGMENTS) {
    return {
      kind: 'question',
      text: 'That is more than I can take in at once. Please say it in a few short requests.',
      suggestions: offersFor('', state.scene),
    };
  }
  for (let at = 0; at < segments.length;) {
    const taken = takeRequest(segments, at, state);
    if (taken.kind === 'stop') return taken.plan;
    at = taken.next;
  }
  return compose(state);
}

interface Progress {
  readonly text: string;
  readonly context: PlanContext;
  readonly chance: string;
  readonly ops: Op[];
  readonly says: string[];
  readonly steps: Step[];
  scene?: Scene | undefined;
  previousSetting?: string;
  /** Slips that were read as other words. */
  readonly corrections: (readonly [typed: string, read: string])[];
  /** Verb of the request before. */
  verb: string;
}

/** What was planned, in the order in which it was said. */
type Step =
  | { readonly kind: 'edit'; readonly joint: Segment['joint'] }
  | { readonly kind: 'call'; readonly call: PlannedCall }
  | { readonly kind: 'answer'; readonly outcome: Extract<Outcome, { kind: 'answer' }> };

type Taken =
  { readonly kind: 'next'; readonly next: number } | { readonly kind: 'stop'; readonly plan: Plan };

function takeRequest(segments: readonly Segment[], at: number, state: Progress): Taken {
  const end = joinLimit(segments, at, state);
  let question:
    { readonly outcome: Extract<Outcome, { kind: 'ask' }>; readonly clause: Clause } | undefined;
  for (const { until, lead } of readingsOf(at, end, state.verb)) {
    const clause = readClause(segments, at, until, state, lead);
    // A verb of its own is not preceded by another one's.
    if (lead !== '' && STARTS_REQUEST.test(clause.plain.slice(lead.length))) continue;
    const outcomes = readRequest(clause, state);
    const [first] = outcomes ?? [];
    if (outcomes === undefined || first === undefined) continue;
    if (first.kind === 'ask') {
      question ??= { outcome: first, clause };
      continue;
    }
    const doubt =
      until > at + 1 ? requestInsideText(segments, at, until, clause, state) : undefined;
    if (doubt !== undefined) return stop(doubt, clause, state);
    for (const outcome of outcomes) {
      const refused = accept(outcome, segments[at]?.joint ?? 'start', state);
      if (refused !== undefined) return stop(refused, clause, state);
    }
    state.corrections.push(...clause.reading.corrections);
    state.verb = CARRIED_VERB.exec(clause.plain)?.[0] ?? '';
    return { kind: 'next', next: until };
  }
  if (question !== undefined) return stop(question.outcome, question.clause, state);
  return stop(notUnderstood(readClause(segments, at, at + 1, state), state), undefined, state);
}

/** "Add blurry to the negative and rain to the prompt": the verb holds for both. */
const CARRIED_VERB =
  /^(?:add|append|remove|delete|mute|bypass|enable|disable|set|raise|lower|replace|change)\b/;

/** The longest stretch first; then each again with the verb of the request before it. */
function readingsOf(
  at: number,
  end: number,
  verb: string,
): readonly { readonly until: number; readonly lead: string }[] {
  const untils = Array.from({ length: end - at }, (_, back) => end - back);
  const leads = verb === '' ? [''] : ['', `${verb} `];
  return leads.flatMap((lead) => untils.map((until) => ({ until, lead })));
}

const STARTS_REQUEST =
  /^(?:set|make|change|use|render|re-?render|run|queue|generate|mute|unmute|bypass|enable|disable|delete|remove|add|insert|append|raise|lower|increase|decrease|reduce|bump|double|halve|triple|swap|switch|replace|undo|redo|reset|save|upscale|randomi[sz]e|fix|lock|turn|put|give|cancel|stop|explain|drop|crank|rename|clear|keep|try|go)\b/;

/** After these any words may follow, so a later request must not be taken for some of them. */
const CARRIES_TEXT =
  /^(?:replace|swap|switch|add|append|include|put|insert|remove|delete|rename|call|name|use)\b/;

/** A request never runs over "then", nor over a later piece that is a whole request with a verb of its own. */
function joinLimit(segments: readonly Segment[], at: number, state: Progress): number {
  const carriesText = CARRIES_TEXT.test(readClause(segments, at, at + 1, state).plain);
  let end = at + 1;
  while (end < segments.length && end < at + LONGEST) {
    const segment = segments[end];
    if (segment === undefined || segment.joint === 'then') break;
    if (segment.joint === 'sentence' && !isOpenText(segments, at, state)) break;
    const alone = readClause(segments, end, end + 1, state);
    if (carriesText || STARTS_REQUEST.test(alone.plain)) {
      const [outcome] = readRequest(alone, state) ?? [];
      if (outcome !== undefined && outcome.kind !== 'ask') break;
    }
    end += 1;
  }
  return end;
}

/** "prompt: …" may go over several sentences. */
function isOpenText(segments: readonly Segment[], at: number, state: Progress): boolean {
  const { plain } = readClause(segments, at, at + 1, state);
  return /^(?:\w+ ){0,4}(?:prompt|positive|negative|text)\s*[:=]/.test(plain);
}

/** "prompt: a castle, 30 steps": asks instead of writing what looks like a request into the text. */
function requestInsideText(
  segments: readonly Segment[],
  at: number,
  until: number,
  clause: Clause,
  state: Progress,
): Outcome | undefined {
  if (!/^(?:\w+ ){0,4}(?:prompt|positive|negative|text)\s*(?:[:=]|to\b)/.test(clause.plain))
    return undefined;
  for (let inside = at + 1; inside < until; inside += 1) {
    const piece = readClause(segments, inside, inside + 1, state);
    if (!/\d/.test(piece.plain)) continue;
    const [outcome] = readRequest(piece, state) ?? [];
    if (outcome?.kind !== 'edit') continue;
    const start = segments[at]?.start ?? 0;
    const head = state.text
      .slice(start, segments[inside]?.start)
      .replace(/[,\s]+(?:and\s+)?$/i, '');
    const words = /^(.*?(?:[:=]|\bto\b)\s*)(.*)$/is.exec(clause.typed);
    return ask(`Is “${piece.typed}” part of the text, or something to change?`, [
      `${piece.typed}, then ${head}`,
      `${words?.[1] ?? ''}"${(words?.[2] ?? '').replaceAll('"', '')}"`,
    ]);
  }
  return undefined;
}

function readClause(
  segments: readonly Segment[],
  at: number,
  until: number,
  state: Progress,
  lead = '',
): Clause {
  const start = segments[at]?.start ?? 0;
  const raw = state.text.slice(start, segments[until - 1]?.end);
  const range = withoutCourtesies(raw);
  const typed = lead + raw.slice(range.start, range.end);
  const reading = readWords(withIdsOnly(typed, state.scene), state.scene?.ownWords ?? new Set());
  return {
    typed,
    plain: reading.plain,
    reading,
    chance: state.chance,
    ...(state.previousSetting === undefined ? {} : { previousSetting: state.previousSetting }),
  };
}

/** "KSampler #3" is node 3 whatever words its title has, so that our own offers are read back as they were meant. */
function withIdsOnly(typed: string, scene: Scene | undefined): string {
  if (scene === undefined || !typed.includes('#')) return typed;
  return scene.nodes.reduce((text, node) => {
    const name = `${node.title} #${node.id}`;
    const at = text.toLowerCase().indexOf(name.toLowerCase());
    const isWhole = at >= 0 && !/[\d:]/.test(text.charAt(at + name.length));
    return isWhole ? `${text.slice(0, at)}#${node.id}${text.slice(at + name.length)}` : text;
  }, typed);
}

const NEEDS_WORKFLOW =
  /^(?:execute|validate|explain_workflow|get_editable|get_workflow_diff|save|undo|redo|reset)/;

function readRequest(clause: Clause, state: Progress): readonly Outcome[] | undefined {
  const { context, scene } = state;
  const found =
    single(planRunning(clause.plain, context.session)) ??
    planHistory(clause.plain, context.session) ??
    single(planFiles(clause, context)) ??
    single(planExplain(clause, scene, context));
  if (scene === undefined) {
    const needsOne =
      found?.some((each) => each.kind === 'call' && NEEDS_WORKFLOW.test(each.call.name)) ?? true;
    return needsOne ? [askForWorkflow(context)] : found;
  }
  if (found !== undefined) return found;
  for (const family of EDITS) {
    const outcome = family(clause, scene);
    if (outcome !== undefined) return [outcome];
  }
  return undefined;
}

function single(outcome: Outcome | undefined): readonly Outcome[] | undefined {
  return outcome === undefined ? undefined : [outcome];
}

function askForWorkflow(context: PlanContext): Outcome {
  const templates = (context.templates ?? []).slice(0, 4);
  return ask(
    'No workflow is open yet. Open one, or start from a template.',
    templates.length === 0
      ? ['help']
      : templates.map((template) => `open the ${template.name} template`),
  );
}

/** Takes an outcome into the plan; an edit is rehearsed, and one that does not fit is a question. */
function accept(outcome: Outcome, joint: Segment['joint'], state: Progress): Outcome | undefined {
  switch (outcome.kind) {
    case 'edit': {
      const { scene } = state;
      if (scene === undefined) return askForWorkflow(state.context);
      const rehearsed = applyOps(scene.document, outcome.ops, state.context.catalog);
      if (!rehearsed.ok) {
        return ask('That does not fit this workflow as it is wired, so nothing was changed.', [
          'explain this workflow',
          'what can I change',
        ]);
      }
      state.ops.push(...outcome.ops);
      state.says.push(...outcome.says);
      if (outcome.setting !== undefined) state.previousSetting = outcome.setting;
      if (outcome.ops.length > 0) {
        state.scene = createScene(rehearsed.value.document, state.context);
        state.steps.push({ kind: 'edit', joint });
      }
      return undefined;
    }
    case 'call':
      if (outcome.says !== undefined) state.says.push(outcome.says);
      state.steps.push({ kind: 'call', call: outcome.call });
      return undefined;
    case 'answer':
      state.steps.push({ kind: 'answer', outcome });
      return undefined;
    case 'ask':
      return outcome;
  }
}

function notUnderstood(clause: Clause, state: Progress): Outcome {
  const known = state.says.length > 0 || state.steps.length > 0;
  const lead = known ? 'I understood the rest, but not' : 'I did not understand';
  return ask(
    `${lead} “${clause.typed}”. Nothing has been changed.`,
    offersFor(clause.plain, state.scene),
  );
}

/** A question about one of several requests offers the whole message again with that one made clear. */
function stop(outcome: Outcome, clause: Clause | undefined, state: Progress): Taken {
  if (outcome.kind !== 'ask') throw new Error('only a question ends planning');
  const whole = state.text.trim();
  const suggestions = outcome.instead.map((offer) =>
    clause === undefined || clause.typed === whole || !whole.includes(clause.typed)
      ? offer
      : whole.replace(clause.typed, () => offer),
  );
  const isPartial = clause !== undefined && clause.typed.length < whole.length - 8;
  const lead = isPartial && !outcome.text.includes(clause.typed) ? `About “${clause.typed}”: ` : '';
  return { kind: 'stop', plan: { kind: 'question', text: `${lead}${outcome.text}`, suggestions } };
}

function compose(state: Progress): Plan {
  const { steps, text } = state;
  const firstCall = steps.findIndex(
    (step) => step.kind === 'call' && step.call.name === 'execute_with_progress',
  );
  const lateEdit = steps.findIndex(
    (step, at) => at > firstCall && step.kind === 'edit' && step.joint === 'then',
  );
  if (firstCall >= 0 && lateEdit >= 0) {
    return {
      kind: 'question',
      text: 'Changes go in before a run. Should I change everything first and then run?',
      suggestions: ['run', `${withoutRuns(text)}, then run`],
    };
  }
  const calls = steps.flatMap((step) => (step.kind === 'call' ? [step.call] : []));
  const ops = withoutOverwritten(state.ops);
  const answers = steps.flatMap((step) => (step.kind === 'answer' ? [step.outcome] : []));
  const slips = state.corrections.map(([typed, read]) => `I read “${typed}” as “${read}”.`);
  const reply = [sentence(state.says), ...slips, ...answers.map((each) => each.text)]
    .filter((part) => part !== '')
    .join(' ');
  if (ops.length > 0)
    calls.unshift({
      name: 'apply_workflow_patch',
      input: { intent: text.trim(), ops: JsonValueSchema.parse(ops) },
    });
  if (calls.length > 0) return { kind: 'calls', calls, ...(reply === '' ? {} : { reply }) };
  const suggestions = answers.flatMap((each) => each.suggestions ?? []);
  return { kind: 'answer', text: reply, ...(suggestions.length === 0 ? {} : { suggestions }) };
}

function withoutRuns(text: string): string {
  return text.replace(/^.*?\bthen\b\s*/is, '').trim();
}

/** Of several values for one setting only the last is proposed. */
function withoutOverwritten(ops: readonly Op[]): readonly Op[] {
  return ops.filter(
    (op, at) =>
      op.op !== 'set_widget' ||
      !ops
        .slice(at + 1)
        .some(
          (later) =>
            later.op === 'set_widget' && later.nodeId === op.nodeId && later.widget === op.widget,
        ),
  );
}

function sentence(says: readonly string[]): string {
  if (says.length === 0) return '';
  const joined = says.join('; ');
  return `${joined.slice(0, 1).toUpperCase()}${joined.slice(1)}.`;
}

function chanceOf(message: string, context: PlanContext): string {
  const { session } = context;
  return `${message}/${String(session.workflow?.revision ?? 0)}/${String(session.turns.length)}`;
}
