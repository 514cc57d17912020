import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import { useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { ComfyCliSection } from '../servers/comfy-cli-section.tsx';
import { ServerList } from '../servers/server-list.tsx';
import { describeConnection } from './describe-connection.ts';
import './machine.css';

type Target = Parameters<ReturnType<typeof useTools>['core']['connectComfy']>[0];

/** Chooses the ComfyUI to work with: one of the list, one that is found, an address, or the practice one. */
export function ConnectDialog(): ReactNode {
  const { core, view } = useTools();
  const { connection } = useWorkspace();
  const [url, setUrl] = useState('');
  const [error, setError] = useState<AppError | undefined>(connection.error);
  const [isBusy, setBusy] = useState(false);
  const connectTo = async (target: Target): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const failed = await core.connectComfy(target);
    setBusy(false);
    if (failed === undefined) view.showDialog(null);
    else setError(failed);
  };
  return (
    <Dialog title="ComfyUI servers" onClose={() => view.showDialog(null)}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (url.trim() !== '') void connectTo({ url: url.trim() });
        }}
      >
        <p className="dialog-note">{describeConnection(connection)}</p>
        {error !== undefined && <ErrorNotice error={error} />}
        <ServerList isBusy={isBusy} onConnect={(target) => void connectTo(target)} />
        <ComfyCliSection
          isWanted={connection.status === 'error' || connection.isPractice}
          onStarted={(started) => void connectTo({ url: started })}
        />
        <label className="labelled">
          <span>Another address</span>
          <span className="field-row">
            <input
              type="text"
              className="field"
              aria-label="Address"
              inputMode="url"
              spellCheck={false}
              placeholder="http://127.0.0.1:8188"
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Button kind="primary" type="submit" disabled={isBusy || url.trim() === ''}>
              Connect
            </Button>
          </span>
        </label>
        <div className="choices">
          <Button disabled={isBusy} onClick={() => void connectTo('automatic')}>
            Choose for me, now and at every start
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
