import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';

interface CardActionsProps {
  readonly kept: number;
  readonly total: number;
  readonly isRejecting: boolean;
  readonly onRejecting: (isRejecting: boolean) => void;
  readonly onAccept: (release: boolean) => void;
  readonly onReject: (reason: string) => void;
}

/** The answers to a change set; rejecting asks for a reason, which may stay empty. */
export function CardActions(props: CardActionsProps): ReactNode {
  const { kept, total, isRejecting, onRejecting, onAccept, onReject } = props;
  if (isRejecting) return <RejectForm onReject={onReject} onBack={() => onRejecting(false)} />;
  const isPart = kept < total;
  return (
    <footer className="card-actions">
      <Button kind="primary" disabled={kept === 0} shortcut="A" onClick={() => onAccept(false)}>
        {isPart
          ? `Accept ${String(kept)} of ${String(total)}`
          : total === 1
            ? 'Accept'
            : 'Accept all'}
      </Button>
      <Button icon="play" disabled={kept === 0} onClick={() => onAccept(true)}>
        Accept & render
      </Button>
      <Button kind="plain" shortcut="R" onClick={() => onRejecting(true)}>
        Reject
      </Button>
    </footer>
  );
}

function RejectForm({
  onReject,
  onBack,
}: {
  readonly onReject: (reason: string) => void;
  readonly onBack: () => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <form
      className="reject-form"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onBack();
      }}
    >
      <input
        type="text"
        className="field"
        autoFocus
        maxLength={2000}
        placeholder="What would you rather have? (optional)"
        aria-label="Why you reject it"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="card-actions">
        <Button kind="danger" type="submit">
          Reject
        </Button>
        <Button kind="plain" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
