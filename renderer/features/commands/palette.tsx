import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useApp, useTools } from '../../state/app-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Command, allCommands } from './commands.ts';
import { findByTitle } from './find-commands.ts';
import { describeShortcut, isApple } from './shortcuts.ts';
import './palette.css';

/** Every command by name; what is no command can be sent as a message. */
export function Palette(): ReactNode {
  const tools = useTools();
  const state = useApp((whole) => whole);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = findByTitle(
    allCommands(state).filter((command) => command.id !== 'palette' && command.isEnabled(state)),
    wanted,
  );
  const canSend = wanted.trim() !== '';
  const rows = found.length + (canSend ? 1 : 0);
  const at = Math.min(chosen, Math.max(0, rows - 1));

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const close = (): void => tools.view.showDialog(null);
  const pick = (index: number): void => {
    const command = found[index];
    close();
    if (command !== undefined) command.run(tools, state);
    else if (canSend) void tools.core.send(wanted.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % Math.max(1, rows));
    else if (event.key === 'ArrowUp') setChosen((at - 1 + rows) % Math.max(1, rows));
    else if (event.key === 'Enter') pick(at);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title="All commands" isBare className="palette" onClose={close}>
      <label className="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={rows > 0 ? `palette-${String(at)}` : undefined}
          aria-label="Find a command"
          data-autofocus
          placeholder="Find a command, or say what should change"
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <ul
        ref={list}
        id="palette-list"
        role="listbox"
        aria-label="Commands"
        className="palette-list"
      >
        {found.map((command, index) => (
          <PaletteRow
            key={command.id}
            command={command}
            index={index}
            isChosen={index === at}
            onPick={() => pick(index)}
          />
        ))}
        {canSend && (
          <li
            id={`palette-${String(found.length)}`}
            role="option"
            aria-selected={at === found.length}
            className="palette-row"
            onClick={() => pick(found.length)}
          >
            <Icon name="arrowUp" />
            <span className="palette-title">Send “{wanted.trim()}”</span>
          </li>
        )}
      </ul>
    </Dialog>
  );
}

function PaletteRow({
  command,
  index,
  isChosen,
  onPick,
}: {
  readonly command: Command;
  readonly index: number;
  readonly isChosen: boolean;
  readonly onPick: () => void;
}): ReactNode {
  return (
    <li
      id={`palette-${String(index)}`}
      role="option"
      aria-selected={isChosen}
      className="palette-row"
      onClick={onPick}
    >
      <span className="palette-title">{command.title}</span>
      <span className="palette-group">{command.group}</span>
      {command.shortcut !== undefined && (
        <kbd>{describeShortcut(command.shortcut, isApple(navigator.platform))}</kbd>
      )}
    </li>
  );
}
