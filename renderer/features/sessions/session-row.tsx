import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SessionSummary } from '../../../core/contract/session.schema.ts';
import { useTools } from '../../state/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import { count, formatWhen } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ConfirmDelete } from './confirm-delete.tsx';
import { sessionName } from './session-name.ts';

/** One session: a click opens it; its name and its end are behind the two small buttons. */
export function SessionRow({
  session,
  isOpen,
}: {
  readonly session: SessionSummary;
  readonly isOpen: boolean;
}): ReactNode {
  const { core } = useTools();
  const name = sessionName(session);
  const workflow = session.workflowName ?? 'No workflow';
  const [mode, setMode] = useState<'plain' | 'rename' | 'delete'>('plain');
  const back = (): void => setMode('plain');
  const opener = useRef<HTMLButtonElement>(null);
  // What was asked takes its field away with it; the keyboard goes back to the row.
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && mode === 'plain' && document.activeElement === document.body)
      opener.current?.focus();
    wasAsking.current = mode !== 'plain';
  }, [mode]);
  if (mode === 'delete') {
    return (
      <li>
        <ConfirmDelete session={session} onDone={back} />
      </li>
    );
  }
  if (mode === 'rename') {
    return (
      <li>
        <RenameField session={session} onDone={back} />
      </li>
    );
  }
  return (
    <li className="session-row">
      <button
        ref={opener}
        type="button"
        className="session-open"
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => void core.openSession(session.sessionId)}
        onDoubleClick={() => setMode('rename')}
      >
        <span className="session-title">{name}</span>
        <span className="session-note">
          {session.damage !== undefined && <Icon name="alert" />}
          {session.damage ??
            `${workflow === name ? '' : `${workflow} · `}${count(session.turnCount, 'message')} · ${formatWhen(session.updatedAt)}`}
        </span>
      </button>
      <span className="session-tools">
        <IconButton icon="changed" label={`Rename ${name}`} onClick={() => setMode('rename')} />
        <IconButton icon="trash" label={`Delete ${name}`} onClick={() => setMode('delete')} />
      </span>
    </li>
  );
}

function RenameField({
  session,
  onDone,
}: {
  readonly session: SessionSummary;
  readonly onDone: () => void;
}): ReactNode {
  const { core } = useTools();
  const [title, setTitle] = useState(sessionName(session));
  const save = (): void => {
    const next = title.trim();
    if (next !== '' && next !== session.title) void core.renameSession(session.sessionId, next);
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input
        type="text"
        className="field"
        autoFocus
        maxLength={120}
        aria-label="Name of the session"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
    </form>
  );
}
