import type { ReactNode } from 'react';
import { stringifyExactJson } from '../../../core/base/exact-json.ts';
import type { ToolCall, ToolCallStatus } from '../../../core/contract/session.schema.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ErrorNotice } from './error-notice.tsx';

const STATUS: Readonly<Record<ToolCallStatus, { icon: IconName; word: string }>> = {
  streaming: { icon: 'spinner', word: 'Preparing' },
  ready: { icon: 'clock', word: 'Waiting' },
  running: { icon: 'spinner', word: 'Working' },
  'awaiting-approval': { icon: 'circle', word: 'Waits for you' },
  completed: { icon: 'check', word: 'Done' },
  refused: { icon: 'minus', word: 'Not done' },
  failed: { icon: 'alert', word: 'Failed' },
  cancelled: { icon: 'stop', word: 'Cancelled' },
};

/** One thing that the assistant looked up or did: a line that opens to what went in and what came out. */
export function ToolCallCard({
  call,
  isWaiting,
}: {
  readonly call: ToolCall;
  /** True while its turn waits for the artist's yes. */
  readonly isWaiting: boolean;
}): ReactNode {
  const { icon, word } =
    STATUS[isWaiting && call.status === 'running' ? 'awaiting-approval' : call.status];
  // What came of nothing must not look like what was done.
  const isUndone = ['refused', 'failed', 'cancelled'].includes(call.status);
  return (
    <details className={`tool-call is-${call.status}`} data-status={call.status}>
      <summary>
        <Icon name={icon} />
        <span className={isUndone ? undefined : 'visually-hidden'}>{word}: </span>
        <span className="tool-summary">{call.summary === '' ? call.title : call.summary}</span>
        <Icon name="chevronRight" className="tool-chevron" />
      </summary>
      <dl className="tool-detail">
        <dt>Step</dt>
        <dd>
          {call.title} · {word.toLowerCase()}
        </dd>
        <dt>Asked</dt>
        <dd>
          <pre>{stringifyExactJson(call.input, 2)}</pre>
        </dd>
        {call.outcome !== undefined && (
          <>
            <dt>Result</dt>
            <dd>{call.outcome}</dd>
          </>
        )}
      </dl>
      {call.error !== undefined && <ErrorNotice error={call.error} />}
    </details>
  );
}
