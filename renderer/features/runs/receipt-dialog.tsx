import { type ReactNode, useState } from 'react';
import type { Receipt } from '../../../core/contract/run/receipt.schema.ts';
import type { Run } from '../../../core/contract/run/run.schema.ts';
import {
  describeReceipt,
  receiptFileName,
  receiptText,
} from '../../../core/domain/run/receipt/describe-receipt.ts';
import { serializeReceipt } from '../../../core/domain/run/receipt/read-receipt.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { COPY_FAILED, copyText } from '../../ui/copy-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { downloadJson } from '../../ui/download.ts';
import { nativeBridge } from '../open/native-bridge.ts';
import './receipt.css';

/** Opens the receipt of a run that is over. */
export function ReceiptButton({ run }: { readonly run: Run }): ReactNode {
  const { core } = useTools();
  const [receipt, setReceipt] = useState<Receipt>();
  const [isReading, setReading] = useState(false);
  const read = async (): Promise<void> => {
    setReading(true);
    // What goes wrong is told beside the page.
    setReceipt(await core.readReceipt(run.promptId));
    setReading(false);
  };
  return (
    <>
      <Button kind="plain" icon="receipt" disabled={isReading} onClick={() => void read()}>
        Receipt
      </Button>
      {receipt !== undefined && (
        <Dialog
          title={`Receipt: ${run.label}`}
          onClose={() => setReceipt(undefined)}
          className="receipt"
        >
          <div className="dialog-body">
            <Written receipt={receipt} run={run} />
          </div>
        </Dialog>
      )}
    </>
  );
}

function Written({ receipt, run }: { readonly receipt: Receipt; readonly run: Run }): ReactNode {
  const { core, view } = useTools();
  const copy = async (): Promise<void> => {
    view.showText((await copyText(receiptText(receipt))) ? 'Receipt copied.' : COPY_FAILED);
  };
  const save = async (): Promise<void> => {
    const name = receiptFileName(run);
    const native = nativeBridge();
    if (native === undefined) {
      downloadJson(name, serializeReceipt(receipt));
      return;
    }
    const path = await native.chooseFileToSave(name);
    if (path !== null) await core.saveReceipt(run.promptId, path);
  };
  return (
    <>
      <div
        className="receipt-sections"
        tabIndex={0}
        role="region"
        aria-label="What was written down"
      >
        {describeReceipt(receipt).map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ name, text }, index) => (
                <div key={`${name} ${String(index)}`} className={name === '' ? 'is-sentence' : ''}>
                  {name !== '' && <dt>{name}</dt>}
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="dialog-actions">
        <Button icon="copy" onClick={() => void copy()}>
          Copy
        </Button>
        <Button kind="primary" onClick={() => void save()}>
          Save…
        </Button>
      </div>
    </>
  );
}
