import { type ReactNode, memo } from 'react';
import type { Turn, TurnPart } from '../../../core/contract/session.schema.ts';
import { isTurnBusy } from '../../../core/domain/session/turn-waits.ts';
import { useApp, useTools } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { BatchCard } from '../batches/batch-card.tsx';
import { ChangeSetCard } from '../changes/change-set-card.tsx';
import { ResultCard } from '../runs/result-card.tsx';
import { CallApproval } from './call-approval.tsx';
import { ErrorNotice, ErrorSteps } from './error-notice.tsx';
import { focusMessage } from './focus-message.ts';
import { RichText } from './rich-text.tsx';
import { ToolCallCard } from './tool-call-card.tsx';

/** One message and all that followed from it. */
export const TurnView = memo(function TurnView({
  turn,
  isLast,
}: {
  readonly turn: Turn;
  readonly isLast: boolean;
}): ReactNode {
  const isBusy = useApp(({ session }) => session !== null && isTurnBusy(turn, session.state));
  return (
    <article className="turn" aria-label={`Turn: ${turn.message}`} data-status={turn.status}>
      <div className="message">
        {turn.author.role !== 'artist' && (
          <span className="message-author">{turn.author.name}</span>
        )}
        {turn.message}
      </div>
      <Looks turn={turn}>
        {turn.parts.map((part, at) => (
          <Part key={at} part={part} turn={turn} isLast={isLast} />
        ))}
      </Looks>
      {isBusy && (
        <p className="thinking">
          <Icon name="spinner" /> Working on it
        </p>
      )}
      {turn.status === 'cancelled' && <p className="thinking">Stopped.</p>}
      {turn.error !== undefined && <ErrorNotice error={turn.error} />}
      {isLast && <StepsAfter turn={turn} />}
    </article>
  );
});

/** What can be done about the step that ended the turn; the words above say what went wrong. */
function StepsAfter({ turn }: { readonly turn: Turn }): ReactNode {
  const last = turn.parts.findLast((part) => part.kind === 'tool-call');
  const error = last?.kind === 'tool-call' ? last.call.error : undefined;
  if (turn.status !== 'done' || error === undefined) return null;
  return <ErrorSteps error={error} />;
}

/** What a client looked at is one line that opens; everything else stands as it is. */
function Looks({
  turn,
  children,
}: {
  readonly turn: Turn;
  readonly children: ReactNode;
}): ReactNode {
  if (turn.looks === undefined) return children;
  const times = turn.looks === 1 ? 'one thing' : `${String(turn.looks)} things`;
  const shown =
    turn.parts.length < turn.looks ? `, the last ${String(turn.parts.length)} shown` : '';
  return (
    <details className="looks">
      <summary>{`It looked at ${times}${shown}`}</summary>
      {children}
    </details>
  );
}

function Part({
  part,
  turn,
  isLast,
}: {
  readonly part: TurnPart;
  readonly turn: Turn;
  readonly isLast: boolean;
}): ReactNode {
  switch (part.kind) {
    case 'text':
      return <RichText text={part.text} />;
    case 'tool-call':
      return part.call.status === 'awaiting-approval' ? (
        <CallApproval call={part.call} program={turn.author.name} />
      ) : (
        <ToolCallCard call={part.call} isWaiting={turn.status === 'awaiting-approval'} />
      );
    case 'change-set':
      return <ChangeSetPart changeSetId={part.changeSetId} />;
    case 'run':
      return <RunPart promptId={part.promptId} />;
    case 'batch':
      return <BatchPart batchId={part.batchId} />;
    case 'error':
      return <ErrorNotice error={part.error} />;
    case 'suggestions':
      return isLast ? <Suggestions suggestions={part.suggestions} /> : null;
    default:
      return part satisfies never;
  }
}

function ChangeSetPart({ changeSetId }: { readonly changeSetId: string }): ReactNode {
  const changeSet = useApp((state) =>
    state.session?.state.changeSets.find((item) => item.changeSetId === changeSetId),
  );
  return changeSet === undefined ? null : <ChangeSetCard changeSet={changeSet} />;
}

function RunPart({ promptId }: { readonly promptId: string }): ReactNode {
  const run = useApp((state) =>
    state.session?.state.runs.find((item) => item.promptId === promptId),
  );
  return run === undefined ? null : <ResultCard run={run} />;
}

function BatchPart({ batchId }: { readonly batchId: string }): ReactNode {
  const batch = useApp((state) =>
    state.session?.state.batches?.find((item) => item.batchId === batchId),
  );
  return batch === undefined ? null : <BatchCard batch={batch} />;
}

function Suggestions({ suggestions }: { readonly suggestions: readonly string[] }): ReactNode {
  const { core } = useTools();
  return (
    <ul className="suggestions" aria-label="You could say">
      {suggestions.map((suggestion) => (
        <li key={suggestion}>
          <button
            type="button"
            className="suggestion"
            onClick={() => {
              void core.send(suggestion);
              focusMessage();
            }}
          >
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  );
}
