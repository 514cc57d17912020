import type { ReactNode } from 'react';
import type { SessionSummary } from '../../../core/contract/session.schema.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { sessionName } from './session-name.ts';

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
    <div className="confirm" role="alertdialog" aria-label={`Delete ${sessionName(session)}?`}>
      <p>Delete this session? Saved workflows and pictures stay where they are.</p>
      <div className="confirm-actions">
        <Button
          kind="danger"
          onClick={() => {
            onDone();
            void core.deleteSession(session.sessionId);
          }}
        >
          Delete
        </Button>
        <Button kind="plain" autoFocus onClick={onDone}>
          Keep
        </Button>
      </div>
    </div>
  );
}
