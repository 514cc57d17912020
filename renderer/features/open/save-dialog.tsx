import { type ReactNode, useState } from 'react';
import { useSession, useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { downloadJson } from '../../ui/download.ts';
import { nativeBridge } from './native-bridge.ts';

/** Saves the workflow as a file of the core's machine, or hands it to the browser as a download. */
export function SaveDialog(): ReactNode {
  const { core, view } = useTools();
  const workflow = useSession()?.workflow ?? null;
  const [path, setPath] = useState(workflow?.path ?? `${workflow?.name ?? 'workflow'}.json`);
  const [isConfirmed, setConfirmed] = useState(false);
  const native = nativeBridge();
  const close = (): void => view.showDialog(null);
  const save = async (): Promise<void> => {
    if (await core.saveWorkflow(path.trim(), isConfirmed)) close();
  };
  const choose = async (): Promise<void> => {
    const chosen = await native?.chooseFileToSave(path);
    if (chosen === null || chosen === undefined) return;
    // The system's own dialog has asked already.
    if (await core.saveWorkflow(chosen, true)) close();
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
        <label className="save-over">
          <input
            type="checkbox"
            className="check"
            checked={isConfirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
          />
          Replace the file if it is there already
        </label>
        <div className="dialog-actions">
          <Button kind="plain" onClick={() => void download('api')}>
            Download for the API
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
