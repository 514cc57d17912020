import { applyOps } from '../workflow/apply-ops.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { type Outcome, type PlanContext, type PlannedCall, ask } from './plan.ts';
import { createScene, type Scene } from './scene.ts';
import type { Segment } from './split-requests.ts';

/** What has been planned so far of one message. */
export interface Progress {
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
