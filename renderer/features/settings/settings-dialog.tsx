import type { ReactNode } from 'react';
import type { Settings } from '../../../core/contract/machine/machine.schema.ts';
import { useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { fixedCommands } from '../commands/commands.ts';
import { describeShortcut, isApple } from '../commands/shortcuts.ts';
import { ProgramsSetting } from './programs-setting.tsx';
import '../machine/machine.css';
import './settings.css';

const THEMES: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
];

const RELEASES: readonly { readonly value: Settings['releaseRuns']; readonly label: string }[] = [
  { value: 'artist-asked', label: 'When I ask for it' },
  { value: 'ask', label: 'After a click' },
];

/** What the artist can choose, and all the keys. */
export function SettingsDialog(): ReactNode {
  const { core, view } = useTools();
  const { settings } = useWorkspace();
  return (
    <Dialog title="Settings" onClose={() => view.showDialog(null)}>
      <div className="dialog-body">
        <div className="setting">
          <span>Appearance</span>
          <Segmented
            label="Appearance"
            value={settings.theme}
            options={THEMES}
            onChange={(theme) => void core.changeSettings({ theme })}
          />
        </div>
        <div className="setting">
          <span>
            Renders start
            <small>What you ask to change always waits for your yes.</small>
          </span>
          <Segmented
            label="Renders start"
            value={settings.releaseRuns}
            options={RELEASES}
            onChange={(releaseRuns) => void core.changeSettings({ releaseRuns })}
          />
        </div>
        <ServersSetting />
        <ProgramsSetting />
        <Shortcuts />
      </div>
    </Dialog>
  );
}

function ServersSetting(): ReactNode {
  const { view } = useTools();
  const { settings } = useWorkspace();
  const count = (settings.servers ?? []).length;
  const { comfyUrl } = settings;
  return (
    <div className="setting">
      <span>
        ComfyUI
        <small>
          {comfyUrl === null ? 'Found at every start, else the practice one' : comfyUrl}
          {count === 0
            ? ''
            : ` · ${count === 1 ? '1 server' : `${String(count)} servers`} in the list`}
        </small>
      </span>
      <Button onClick={() => view.showDialog('connect')}>Servers…</Button>
    </div>
  );
}

const LOCAL_KEYS: readonly { readonly title: string; readonly keys: string }[] = [
  { title: 'Send, or a new line', keys: 'Enter, Shift+Enter' },
  { title: 'Bring back an earlier message', keys: '↑' },
  { title: 'From the message field to the proposed change', keys: '↓' },
  { title: 'Stop the assistant, or close the picture', keys: 'Esc' },
  { title: 'In a proposed change: accept, reject', keys: 'A, R' },
  { title: 'In a proposed change: next row, keep or leave out, show', keys: '↑ ↓, Space, Enter' },
];

function Shortcuts(): ReactNode {
  const isMac = isApple(navigator.platform);
  return (
    <section aria-label="Shortcuts">
      <h3 className="shortcuts-title">Shortcuts</h3>
      <dl className="shortcuts">
        {fixedCommands.map(({ id, title, shortcut }) =>
          shortcut === undefined ? null : (
            <div key={id}>
              <dt>{title}</dt>
              <dd>
                <kbd>{describeShortcut(shortcut, isMac)}</kbd>
              </dd>
            </div>
          ),
        )}
        {LOCAL_KEYS.map(({ title, keys }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
