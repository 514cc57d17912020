import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import { useApp, useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { Fingerprint } from './server-fields.tsx';
import '../machine/machine.css';
import './servers.css';

/** Shows a certificate that this computer does not know, and asks whether to trust it. */
export function CertificateDialog(): ReactNode {
  const { core, view } = useTools();
  const certificate = useApp((state) => state.view.certificate);
  const [error, setError] = useState<AppError>();
  const [isBusy, setBusy] = useState(false);
  if (certificate === null) return null;
  const { url, reason, fingerprint, issuedTo, expires } = certificate;
  const trust = async (): Promise<void> => {
    setBusy(true);
    const failed = await core.trustServer(url, fingerprint);
    setBusy(false);
    if (failed === undefined) view.showDialog(null);
    else setError(failed);
  };
  return (
    <Dialog title="Trust this certificate?" onClose={() => view.showDialog(null)}>
      <div className="dialog-body">
        <p>
          <strong>{url}</strong> answers encrypted, but {reason}. So this computer cannot tell
          whether it really is your server.
        </p>
        <dl className="certificate">
          <dt>Made for</dt>
          <dd>{issuedTo === '' ? 'nobody by name' : issuedTo}</dd>
          <dt>Good until</dt>
          <dd>{expires}</dd>
          <dt>Fingerprint</dt>
          <dd>
            <Fingerprint fingerprint={fingerprint} />
          </dd>
        </dl>
        <p className="dialog-note">
          Compare the fingerprint (SHA-256) with the one that whoever runs the server tells you. If
          you trust it, this certificate and no other is taken for this server from now on.
        </p>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="dialog-actions">
          <Button data-autofocus onClick={() => view.showDialog(null)}>
            Not now
          </Button>
          <Button kind="primary" disabled={isBusy} onClick={() => void trust()}>
            It is the right one: trust it and connect
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
