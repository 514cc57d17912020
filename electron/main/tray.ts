import { Menu, Tray, nativeImage } from 'electron';

/** What the tray can ask for. */
export interface TrayCommands {
  ask(): void;
  showWindow(): void;
  quit(): void;
}

/** Puts Second Unit into the tray; keep the handle, an unreferenced tray disappears. */
export function createTray(icon: string, commands: TrayCommands): Tray {
  const tray = new Tray(nativeImage.createFromPath(icon));
  tray.setToolTip('Second Unit');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Ask Second Unit…', click: () => commands.ask() },
      { label: 'Show the window', click: () => commands.showWindow() },
      { type: 'separator' },
      { label: 'Quit', click: () => commands.quit() },
    ]),
  );
  tray.on('click', () => commands.ask());
  return tray;
}
