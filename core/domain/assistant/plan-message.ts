import type { Clause } from './reading/clause.ts';
import { composePlan } from './compose-plan.ts';
import { followUp } from './replying/follow-up.ts';
import { readRow } from './reading/read-row.ts';
import {
  STARTS_REQUEST,
  joinLimit,
  readingsOf,
  requestInsideText,
} from './reading/join-segments.ts';
import { type Outcome, type Plan, type PlanContext, ask } from './plan.ts';
import { type Progress, accept } from './replying/progress.ts';
import { readClause, readRequest } from './reading/read-request.ts';
import { createScene } from './scene/scene.ts';
import { type Segment, splitRequests, withoutCourtesies } from './reading/split-requests.ts';
import { isOtherLanguage } from './words/other-languages.ts';
import { unclearRequest } from './replying/unclear.ts';

/** More than this many segments is prose, not requests. */
const MOST_SEGMENTS = 40;

/**
 * Turns a message into tool calls, a question or an answer. All edits of a message become one change set. Where
 * any part is not understood or could mean two things, nothing is done and the plan is a question.
 */
export function planMessage(message: string, context: PlanContext): Plan {
  const offer = followUp(message, context.session);
  if (offer === undefined) return planAs(message, context);
  // "Make it 16:9" stands for itself, whatever longer thing was offered that holds these words.
  const own = planAs(message, context);
  return own.kind === 'question' ? planAs(offer, context) : own;
}

function planAs(meant: string, context: PlanContext): Plan {
  const core = withoutCourtesies(meant);
  const text = meant.slice(core.start, core.end);
  const state: Progress = {
    message: meant,
    text,
    moved: 0,
    context,
    ops: [],
    says: [],
    offers: [],
    steps: [],
    chance: chanceOf(meant, context),
    corrections: [],
    verb: '',
  };
  state.scene = context.document === null ? undefined : createScene(context.document, context);
  const segments = splitRequests(text);
  if (segments.length === 0)
    return {
      kind: 'question',
      text: 'What would you like to change?',
      suggestions: unclearRequest('', state.scene).offers,
    };
  if (segments.length > MOST_SEGMENTS) {
    return {
      kind: 'question',
      text: 'That is more than I can take in at once. Please say it in a few short requests.',
      suggestions: unclearRequest('', state.scene).offers,
    };
  }
  for (let at = 0; at < segments.length;) {
    const taken = takeRequest(segments, at, state);
    if (taken.kind === 'stop') return taken.plan;
    at = taken.next;
  }
  return composePlan(state);
}

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
  if (takeRow(segments, at, state)) return { kind: 'next', next: at + 1 };
  if (question !== undefined) return stop(question.outcome, question.clause, state);
  return stop(notUnderstood(readClause(segments, at, at + 1, state), state), undefined, state);
}

/** "DPM++ 2M Karras 25 steps": settings one after another with nothing between them, each of which is clear. */
function takeRow(segments: readonly Segment[], at: number, state: Progress): boolean {
  const outcomes = readRow(readClause(segments, at, at + 1, state).typed, state);
  for (const outcome of outcomes ?? []) accept(outcome, segments[at]?.joint ?? 'start', state);
  return outcomes !== undefined;
}

/** "Add blurry to the negative and rain to the prompt": the verb holds for both. */
const CARRIED_VERB =
  /^(?:add|append|remove|delete|mute|bypass|enable|disable|set|raise|lower|replace|change)\b/;

function notUnderstood(clause: Clause, state: Progress): Outcome {
  const isRestClear = state.says.length > 0 || state.steps.length > 0;
  const { offers, kind } = unclearRequest(clause.plain, state.scene);
  const leads = {
    wish: `No one setting does “${clause.typed}”, so nothing has been changed. These come near it.`,
    text: `“${clause.typed}” is no setting and no node here, so nothing has been changed. The text could say it.`,
    unknown: `${isRestClear ? 'I understood the rest, but not' : 'I did not understand'} “${clause.typed}”. Nothing has been changed.${isOtherLanguage(clause.typed) ? ' I understand English only.' : ''}`,
  };
  return ask(leads[kind], offers);
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

function chanceOf(message: string, context: PlanContext): string {
  const { session } = context;
  return `${message}/${String(session.workflow?.revision ?? 0)}/${String(session.turns.length)}`;
}
