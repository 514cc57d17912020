import { afterHistory } from '../after-history.ts';
import { applyOps } from '../../workflow/ops/apply-ops.ts';
import type { Op } from '../../../contract/workflow.schema.ts';
import { type Outcome, type PlanContext, type PlannedCall, ask } from '../plan.ts';
import { createScene, type Scene } from '../scene/scene.ts';
import type { Segment } from '../reading/split-requests.ts';

/** What has been planned so far of one message. */
export interface Progress {
  /** As it was sent; `text` is what it comes to: an offer that it stands for, without courtesies. */
  readonly message: string;
  readonly text: string;
  readonly context: PlanContext;
  readonly chance: string;
  readonly ops: Op[];
  readonly says: string[];
  /** Other things that may have been meant. */
  readonly offers: string[];
  readonly steps: Step[];
  scene?: Scene | undefined;
  /** Steps through the history that the calls so far take; negative is back. */
  moved: number;
  previousSetting?: string;
  /** Slips that were read as other words. */
  readonly corrections: (readonly [typed: string, read: string])[];
  /** Verb of the request before. */
  verb: string;
}

/** What was planned, in the order in which it was said. */
export type Step =
  | { readonly kind: 'edit'; readonly joint: Segment['joint'] }
  | { readonly kind: 'call'; readonly call: PlannedCall }
  | { readonly kind: 'answer'; readonly outcome: Extract<Outcome, { kind: 'answer' }> };

/** Takes an outcome into the plan; an edit is rehearsed, and one that does not fit is a question. */
export function accept(
  outcome: Outcome,
  joint: Segment['joint'],
  state: Progress,
): Outcome | undefined {
  switch (outcome.kind) {
    case 'edit': {
      const { scene } = state;
      if (scene === undefined) return ask('No workflow is open yet.');
      const rehearsed = applyOps(scene.document, outcome.ops, state.context.catalog);
      if (!rehearsed.ok) {
        return ask('That does not fit this workflow as it is wired, so nothing was changed.', [
          'explain this workflow',
          'what can I change',
        ]);
      }
      state.ops.push(...outcome.ops);
      state.says.push(...outcome.says);
      state.offers.push(...(outcome.offers ?? []));
      if (outcome.setting !== undefined) state.previousSetting = outcome.setting;
      if (outcome.ops.length > 0) {
        state.scene = createScene(rehearsed.value.document, state.context);
        state.steps.push({ kind: 'edit', joint });
      }
      return undefined;
    }
    case 'call': {
      const move = MOVES[outcome.call.name];
      if (move !== undefined) {
        if (state.ops.length > 0)
          return ask(
            'Undo what is there first and then change it, or change it without undoing anything?',
            ['undo'],
          );
        moveThroughHistory(move, state);
      }
      if (outcome.says !== undefined) state.says.push(outcome.says);
      state.steps.push({ kind: 'call', call: outcome.call });
      return undefined;
    }
    case 'answer':
      state.steps.push({ kind: 'answer', outcome });
      return undefined;
    case 'ask':
      return outcome;
  }
}

/** Calls that move through the history; a reset goes all the way back. */
const MOVES: Readonly<Partial<Record<string, number>>> = {
  undo_workflow_patch: -1,
  redo: 1,
  reset_workflow: -Infinity,
};

function moveThroughHistory(move: number, state: Progress): void {
  const { document, session } = state.context;
  state.moved = Math.max(-(session.workflow?.position ?? 0), state.moved + move);
  const moved = document === null ? undefined : afterHistory(document, session, state.moved);
  if (moved !== undefined) state.scene = createScene(moved, state.context);
}
