import { type ReactNode, useRef } from 'react';
import { useTools } from '../../state/app-context.ts';
import type { WorkflowSource } from '../../state/core-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { nativeBridge } from './native-bridge.ts';
import { readDroppedFile } from './read-dropped-file.ts';
import { TemplateList } from './template-list.tsx';
import './open.css';

/** Opens a file or starts from a template. */
export function OpenDialog(): ReactNode {
  const { core, view } = useTools();
  const picker = useRef<HTMLInputElement>(null);
  const native = nativeBridge();
  const close = (): void => view.showDialog(null);
  const open = (source: WorkflowSource): void => {
    close();
    void core.openWorkflow(source);
  };
  const choose = async (): Promise<void> => {
    if (native === undefined) {
      picker.current?.click();
      return;
    }
    const path = await native.chooseFileToOpen();
    if (path !== null) open({ kind: 'path', path });
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const source = await readDroppedFile(file);
    if (source.ok) open(source.value);
    else view.showError(source.error);
  };
  return (
    <Dialog title="Open a workflow" onClose={close}>
      <div className="dialog-body">
        <div className="open-file">
          <Button kind="primary" icon="folder" data-autofocus onClick={() => void choose()}>
            Choose a file
          </Button>
          <span>A workflow (.json), or a picture that ComfyUI saved (.png, .webp)</span>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="Workflow file"
            accept=".json,.png,.webp,application/json,image/png,image/webp"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </div>
        <section aria-label="Templates">
          <h3 className="open-title">Or start from</h3>
          <TemplateList onPicked={close} />
        </section>
      </div>
    </Dialog>
  );
}
