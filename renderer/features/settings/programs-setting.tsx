import { type ReactNode, useEffect, useState } from 'react';
import type { McpClientState } from '../../../core/contract/mcp.schema.ts';
import type { Settings } from '../../../core/contract/machine/machine.schema.ts';
import type { ResultOf } from '../../../core/contract/methods.ts';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatWhen } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';

type ClientEdits = NonNullable<Settings['clientEdits']>;

const EDITS: readonly { readonly value: ClientEdits; readonly label: string }[] = [
  { value: 'window', label: 'Here only' },
  { value: 'client', label: 'There too' },
  { value: 'accept', label: 'At once' },
];

const EDITS_MEAN: Readonly<Record<ClientEdits, string>> = {
  window: 'Whatever another program proposes waits until you accept it in this window.',
  client:
    'The program may put the question to you itself. You then trust it to pass on what you said.',
  accept:
    'Edits are applied without asking; undo takes them back. Renders, opening and saving still wait.',
};

const STATES: Readonly<Record<McpClientState['state'], string>> = {
  connected: 'Connected',
  'not-connected': 'Not connected',
  absent: 'Not found on this computer',
  unreadable: 'Its settings cannot be read',
};

/** Programs such as Claude Desktop that may propose changes here: which, how they get in, and who says yes. */
export function ProgramsSetting(): ReactNode {
  const { core } = useTools();
  const { clientEdits = 'window' } = useWorkspace().settings;
  const [status, setStatus] = useState<ResultOf<'mcp/status'>>();
  const [note, setNote] = useState('');
  // Asked again when the core is back.
  const link = useApp((state) => state.link.kind);
  useEffect(() => {
    if (link !== 'open') return;
    let isShown = true;
    void core.readPrograms().then((read) => {
      if (isShown) setStatus(read);
    });
    return () => {
      isShown = false;
    };
  }, [core, link]);
  const change = async (client: McpClientState): Promise<void> => {
    const undo = client.state === 'connected';
    const done = await core.connectProgram(client.client, undo);
    if (done === undefined) return;
    setNote(`${describeOutcome(done.outcome, client)} ${client.afterwards}`);
    setStatus(await core.readPrograms());
  };
  return (
    <section className="programs" aria-label="Other programs">
      <h3>Other programs</h3>
      <p className="programs-note">
        Claude Desktop and others can look at your workflow and propose changes. You choose below
        where you say yes.
      </p>
      <ul aria-label="Programs">
        {(status?.clients ?? []).map((client) => (
          <li key={client.client} className="setting">
            <span>
              {client.title}
              <small>{STATES[client.state]}</small>
              <small>
                {client.state === 'connected' ? 'In ' : 'Connect writes to '}
                <code>{client.configPath}</code>
              </small>
            </span>
            <Button
              disabled={client.state === 'unreadable'}
              onClick={() => void change(client)}
              aria-label={`${client.state === 'connected' ? 'Disconnect' : 'Connect'} ${client.title}`}
            >
              {client.state === 'connected' ? 'Disconnect' : 'Connect'}
            </Button>
          </li>
        ))}
      </ul>
      <p role="status" className="programs-note">
        {note}
      </p>
      <div className="setting">
        <span>
          Their changes are accepted
          <small>{EDITS_MEAN[clientEdits]}</small>
        </span>
        <Segmented
          label="Their changes are accepted"
          value={clientEdits}
          options={EDITS}
          onChange={(next) => void core.changeSettings({ clientEdits: next })}
        />
      </div>
      {status !== undefined && <Door status={status} onNote={setNote} />}
    </section>
  );
}

/** The address and the key for a program that is not in the list, and who came in with it lately. */
function Door({
  status,
  onNote,
}: {
  readonly status: ResultOf<'mcp/status'>;
  readonly onNote: (note: string) => void;
}): ReactNode {
  const { core } = useTools();
  const renew = async (): Promise<void> => {
    if (await core.renewProgramKey()) {
      onNote('There is a new key. Programs in the list find it; others are locked out for now.');
    }
  };
  return (
    <>
      {status.url !== null && (
        <div className="setting">
          <span>
            Address for any other program
            <small>
              <code>{status.url}</code>
            </small>
            <small>
              Its key is in <code>{status.tokenFile}</code>
            </small>
          </span>
          <Button onClick={() => void renew()}>New key</Button>
        </div>
      )}
      {status.seen.length > 0 && (
        <div className="setting">
          <span>
            Here lately
            {status.seen.map(({ name, at }) => (
              <small key={name}>
                {name}, {formatWhen(at)}
              </small>
            ))}
          </span>
        </div>
      )}
    </>
  );
}

function describeOutcome(
  outcome: ResultOf<'mcp/install'>['outcome'],
  { title, backupPath }: McpClientState,
): string {
  switch (outcome) {
    case 'added':
      return `${title} is connected. Its settings as they were are kept in ${backupPath}.`;
    case 'replaced':
      return `${title} is connected.`;
    case 'unchanged':
      return `Nothing had to be changed in ${title}.`;
    case 'removed':
      return `${title} is disconnected; everything else in its settings stays.`;
    case 'restored':
      return `${title} is disconnected, and its settings are exactly what they were.`;
  }
}
