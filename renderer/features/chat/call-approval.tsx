import type { ReactNode } from 'react';
import type { ToolCall } from '../../../core/contract/session.schema.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { focusMessage } from './focus-message.ts';

/** Another program wants what only the artist may do: what it is, and yes or no. */
export function CallApproval({
  call,
  program,
}: {
  readonly call: ToolCall;
  /** Who asks. */
  readonly program: string;
}): ReactNode {
  const { core } = useTools();
  const answer = (decision: 'accept' | 'reject'): void => {
    void core.answerCall(call.callId, decision);
    focusMessage();
  };
  return (
    <section className="card call-approval" aria-label={`${program} asks for your yes`}>
      <p>
        {program} wants to: <strong>{call.summary === '' ? call.title : call.summary}</strong>
      </p>
      <p className="call-approval-note">Nothing happens until you decide.</p>
      <footer className="card-actions">
        <Button kind="primary" icon="check" onClick={() => answer('accept')}>
          Allow
        </Button>
        <Button kind="plain" onClick={() => answer('reject')}>
          Don’t allow
        </Button>
      </footer>
    </section>
  );
}
