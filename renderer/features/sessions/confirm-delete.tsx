import type { ReactNode } from 'react';
import type { SessionSummary } from '../../../core/contract/session.schema.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';

/** Asks before a session is gone for good. */
export function ConfirmDelete({
  session,
  onDone,
}: {
  readonly session: SessionSummary;
  readonly onDone: () => void;
}): ReactNode {
  const { core } = useTools();
  return (
    <div className="confirm" role="alertdialog" aria-label={`Delete ${session.title}?`}>
      <p>Delete this session? Saved workflows and pictures stay where they are.</p>
      <div className="confirm-actions">
        <Button
          kind="danger"
          autoFocus
          onClick={() => {
            onDone();
            void core.deleteSession(session.sessionId);
          }}
        >
          Delete
        </Button>
        <Button kind="plain" onClick={onDone}>
          Keep
        </Button>
      </div>
    </div>
  );
}
