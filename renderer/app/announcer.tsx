import type { ReactNode } from 'react';
import type { SessionState } from '../../core/contract/session.schema.ts';
import { describeStall } from '../features/runs/select-runs.ts';
import { useApp } from '../state/app-context.ts';
import { count } from '../ui/format.ts';

/** Tells screen readers what happened last, in one sentence; steps and percentages are left out. */
export function Announcer(): ReactNode {
  const text = useApp((state) => describeNews(state.session?.state));
  return (
    <p className="visually-hidden" role="log" aria-live="polite">
      {text}
    </p>
  );
}

/** The newest thing worth saying aloud. */
function describeNews(session: SessionState | undefined): string {
  const waiting = session?.changeSets.findLast((item) => item.status === 'proposed');
  if (waiting !== undefined) {
    return `Proposed: ${waiting.intent}. ${count(waiting.ops.length, 'change')} to review.`;
  }
  const batch = session?.batches?.findLast(
    ({ status }) => status === 'proposed' || status === 'paused',
  );
  if (batch?.status === 'proposed') {
    return `Plan: ${batch.title}. ${count(batch.items.length, 'render')} to review.`;
  }
  if (batch !== undefined) return `${batch.title} is paused and waits for you.`;
  const run = session?.runs.at(-1);
  if (run?.stall !== undefined) return describeStall(run.stall);
  if (run?.verdict !== undefined) return run.verdict.summary;
  if (run?.status === 'running') return `Rendering ${run.label}.`;
  if (run?.status === 'unclear') return `It is not known how ${run.label} ended.`;
  if (run?.status === 'failed') return `${run.label} did not finish.`;
  const turn = session?.turns.at(-1);
  const text = turn?.parts.findLast((part) => part.kind === 'text');
  return turn?.status === 'done' && text?.kind === 'text' ? text.text : '';
}
