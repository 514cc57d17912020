import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import { useSession, useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { downloadJson } from '../../ui/download.ts';
import { nativeBridge } from './native-bridge.ts';

/** "shot.png", which it was read from, becomes "shot.json". */
function suggestFileName(name = 'workflow'): string {
  return `${name.replace(/\.(?:json|png|webp|jpe?g)$/i, '')}.json`;
}

/** Saves the workflow as a file of the core's machine, or hands it to the browser as a download. */
export function SaveDialog(): ReactNode {
  const { core, view } = useTools();
  const workflow = useSession()?.workflow ?? null;
  const [path, setPath] = useState(workflow?.path ?? suggestFileName(workflow?.name));
  const [isConfirmed, setConfirmed] = useState(false);
  const [error, setError] = useState<AppError>();
  const native = nativeBridge();
  const close = (): void => view.showDialog(null);
  const save = async (): Promise<void> => {
    const failed = await core.saveWorkflow(path.trim(), isConfirmed);
    setError(failed);
    if (failed === undefined) close();
  };
  const choose = async (): Promise<void> => {
    const chosen = await native?.chooseFileToSave(path);
    if (chosen === null || chosen === undefined) return;
    // The system's own dialog has asked already.
    const failed = await core.saveWorkflow(chosen, true);
    setError(failed);
    if (failed === undefined) close();
  };
  const download = async (format: 'graph' | 'api'): Promise<void> => {
    const file = await core.exportWorkflow(format);
    if (file === undefined) return;
    downloadJson(file.name, file.text);
    close();
  };
  return (
    <Dialog title="Save the workflow" onClose={close}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label className="labelled">
          <span>File</span>
          <span className="field-row">
            <input
              type="text"
              className="field"
              data-autofocus
              spellCheck={false}
              value={path}
              onChange={(event) => setPath(event.currentTarget.value)}
            />
            {native !== undefined && <Button onClick={() => void choose()}>Choose…</Button>}
          </span>
        </label>
        <p className="dialog-note">
          A name without a folder goes to the workflows of Second Unit. Where that is, you are told
          when it is saved.
        </p>
        <label className="save-over">
          <input
            type="checkbox"
            className="check"
            checked={isConfirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
          />
          Replace the file if it is there already
        </label>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="dialog-actions">
          <Button kind="plain" onClick={() => void download('api')}>
            Download in the API format
          </Button>
          <Button kind="plain" onClick={() => void download('graph')}>
            Download
          </Button>
          <Button kind="primary" type="submit" disabled={path.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
