import { type ReactNode, useState } from 'react';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { findSessions } from './find-sessions.ts';
import { SessionRow } from './session-row.tsx';
import './sessions.css';

const SEARCH_FROM = 8;

/** All sessions, newest first. */
export function SessionList(): ReactNode {
  const { core } = useTools();
  const { sessions } = useWorkspace();
  const openId = useApp((state) => state.sessionId);
  const [wanted, setWanted] = useState('');
  const found = findSessions(sessions, wanted);
  return (
    <nav className="sessions" aria-label="Sessions">
      <header className="sessions-head">
        <h2>Sessions</h2>
        <IconButton icon="plus" label="New session" onClick={() => void core.createSession()} />
      </header>
      {sessions.length >= SEARCH_FROM && (
        <label className="sessions-search">
          <Icon name="search" />
          <span className="visually-hidden">Find a session</span>
          <input
            type="search"
            placeholder="Find"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <ul className="sessions-list">
        {found.map((session) => (
          <SessionRow
            key={session.sessionId}
            session={session}
            isOpen={session.sessionId === openId}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <p className="sessions-none">No session has “{wanted}” in its name.</p>
      )}
    </nav>
  );
}
