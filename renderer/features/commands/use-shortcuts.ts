import { useEffect } from 'react';
import { useTools } from '../../state/app-context.ts';
import { busyTurn } from '../chat/busy-turn.ts';
import { fixedCommands } from './commands.ts';
import { matchesShortcut } from './shortcuts.ts';

/** Listens for every command's keys. While text is being typed, undo and redo belong to the text. */
export function useShortcuts(): void {
  const tools = useTools();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const state = tools.app.store.getState();
      const command = fixedCommands.find(
        ({ shortcut }) => shortcut !== undefined && matchesShortcut(shortcut, event),
      );
      if (command !== undefined) {
        const isText = /^(undo|redo)$/.test(command.id) && isEditing(event.target);
        if (isText || (state.view.dialog !== null && command.id !== 'palette')) return;
        event.preventDefault();
        if (command.isEnabled(state)) command.run(tools, state);
        return;
      }
      if (event.key !== 'Escape' || event.defaultPrevented || state.view.dialog !== null) return;
      if (state.view.pane.kind === 'picture') tools.view.showPane({ kind: 'workflow' });
      const turn = busyTurn(state.session?.state);
      if (turn !== undefined) void tools.core.cancelTurn(turn.turnId);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [tools]);
}

/** True in a text field that holds text; an empty one has nothing to take back. */
function isEditing(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) &&
    target.value !== ''
  );
}
