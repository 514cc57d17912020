import type { ReactNode } from 'react';
import { Palette } from '../features/commands/palette.tsx';
import { ConnectDialog } from '../features/machine/connect-dialog.tsx';
import { MachineDialog } from '../features/machine/machine-dialog.tsx';
import { OpenDialog } from '../features/open/open-dialog.tsx';
import { ProblemsDialog } from '../features/open/problems-dialog.tsx';
import { SaveDialog } from '../features/open/save-dialog.tsx';
import { CertificateDialog } from '../features/servers/certificate-dialog.tsx';
import { ServerDialog } from '../features/servers/server-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { useApp } from '../state/app-context.ts';

/** The dialog that is open, if any. */
export function Dialogs(): ReactNode {
  const dialog = useApp((state) => state.view.dialog);
  switch (dialog) {
    case null:
      return null;
    case 'palette':
      return <Palette />;
    case 'connect':
      return <ConnectDialog />;
    case 'server':
      return <ServerDialog />;
    case 'certificate':
      return <CertificateDialog />;
    case 'machine':
      return <MachineDialog />;
    case 'settings':
      return <SettingsDialog />;
    case 'open':
      return <OpenDialog />;
    case 'save':
      return <SaveDialog />;
    case 'problems':
      return <ProblemsDialog />;
    default:
      return dialog satisfies never;
  }
}
