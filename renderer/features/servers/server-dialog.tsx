import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { describeServer } from './describe-server.ts';
import { startForm, toServerForm } from './server-form.ts';
import { CertificateField, HeaderFields, SignInFields } from './server-fields.tsx';
import '../machine/machine.css';
import './servers.css';

/** Buttons of an error that would leave the form, and what was typed with it. */
const ELSEWHERE = ['reconnect', 'open-servers', 'sign-in', 'connect-practice'] as const;

/** Adds a server to the list, or changes one. */
export function ServerDialog(): ReactNode {
  const { core, view } = useTools();
  const { settings } = useWorkspace();
  const url = useApp((state) => state.view.editedServer);
  const known = (settings.servers ?? []).find((server) => server.url === url);
  const [typed, setTyped] = useState(() => startForm(known, url ?? ''));
  const [error, setError] = useState<AppError>();
  const [answer, setAnswer] = useState('');
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<typeof typed>): void => {
    setAnswer('');
    setTyped({ ...typed, ...part });
  };
  const back = (): void => view.showDialog('connect');
  const attempt = async <T,>(
    asked: Promise<T | { readonly failed: AppError }>,
    then: (value: T) => void,
  ): Promise<void> => {
    setBusy(true);
    setError(undefined);
    setAnswer('');
    const given = await asked;
    setBusy(false);
    if (typeof given === 'object' && given !== null && 'failed' in given) setError(given.failed);
    else then(given);
  };
  const isReady = typed.url.trim() !== '' && !isBusy;
  const title = known === undefined ? 'Add a server' : `Edit ${known.name}`;
  return (
    <Dialog title={title} onClose={back}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void attempt(core.saveServer(toServerForm(typed), known?.url), back);
        }}
      >
        <label className="labelled">
          <span>Name</span>
          <input
            type="text"
            className="field"
            data-autofocus
            maxLength={60}
            placeholder="Render box"
            value={typed.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </label>
        <label className="labelled">
          <span>Address, with its path if it has one</span>
          <input
            type="text"
            className="field"
            inputMode="url"
            spellCheck={false}
            placeholder="https://render-box.studio.lan/comfy"
            value={typed.url}
            onChange={(event) => change({ url: event.currentTarget.value, fingerprint: undefined })}
          />
        </label>
        <SignInFields typed={typed} isSaved={known?.signIn === typed.signIn} onChange={change} />
        <HeaderFields typed={typed} saved={known?.headers ?? []} onChange={change} />
        <CertificateField typed={typed} onChange={change} />
        {error !== undefined && <ErrorNotice error={error} without={ELSEWHERE} />}
        <p className="server-answer" role="status">
          {answer}
        </p>
        <div className="dialog-actions">
          {known !== undefined && (
            <Button
              kind="danger"
              disabled={isBusy}
              onClick={() => void attempt(core.removeServer(known.url), back)}
            >
              Remove
            </Button>
          )}
          <span className="spring" />
          <Button
            disabled={!isReady}
            onClick={() =>
              void attempt(core.testServer(toServerForm(typed), known?.url), (server) =>
                setAnswer(`It works: ${describeServer(server)}.`),
              )
            }
          >
            Test the connection
          </Button>
          <Button kind="primary" type="submit" disabled={!isReady}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
