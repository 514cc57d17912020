import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useApp, useSession, useTools } from '../../state/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import { focusOpenChange } from '../changes/focus-open-change.ts';
import { busyTurn } from './busy-turn.ts';
import { recallMessage } from './recall.ts';
import { createDraftSender } from './send-draft.ts';

/** Where the artist types. Enter sends, Shift+Enter breaks the line, ↑ brings back, Escape stops. */
export function Composer(): ReactNode {
  const { app, core, view } = useTools();
  const draft = useApp((state) => state.view.draft);
  const isOpen = useApp((state) => state.link.kind === 'open' && state.session !== null);
  const hasWorkflow = useApp((state) => (state.session?.state.workflow ?? null) !== null);
  const [sendDraft] = useState(() => createDraftSender(app.store, core, view));
  const [recalled, setRecalled] = useState<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const session = useSession();
  const turns = session?.turns ?? [];
  const busy = busyTurn(session);

  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${String(element.scrollHeight)}px`;
  }, [draft]);
  useEffect(() => field.current?.focus(), []);

  const send = (): void => {
    if (!isOpen) return;
    setRecalled(null);
    void sendDraft();
  };
  const recall = (by: number): boolean => {
    const next = recallMessage(turns, recalled, by);
    if (next === undefined) return false;
    setRecalled(next.at);
    view.setDraft(next.message);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isBrowsing = draft === '' || recalled !== null;
    if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'ArrowUp' && isBrowsing && recall(-1)) event.preventDefault();
    else if (event.key === 'ArrowDown' && recalled !== null && recall(1)) event.preventDefault();
    else if (event.key === 'ArrowDown' && draft === '' && focusOpenChange()) event.preventDefault();
    else if (event.key === 'Escape' && busy !== undefined) {
      event.stopPropagation();
      void core.cancelTurn(busy.turnId);
    } else return;
    event.preventDefault();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={draft}
        maxLength={20_000}
        aria-label="Message"
        placeholder={hasWorkflow ? 'What should change?' : 'Open a workflow, or ask what I can do'}
        onChange={(event) => {
          setRecalled(null);
          view.setDraft(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {busy === undefined ? (
        <IconButton
          icon="arrowUp"
          label="Send"
          shortcut="Enter"
          type="submit"
          className="is-primary"
          disabled={draft.trim() === '' || !isOpen}
        />
      ) : (
        <IconButton
          icon="stop"
          label="Stop"
          shortcut="Esc"
          onClick={() => void core.cancelTurn(busy.turnId)}
        />
      )}
    </form>
  );
}
