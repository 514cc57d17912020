import { BrowserWindow, shell } from 'electron';
import { PAGE_ORIGIN, lockContents } from './security.ts';

const HARDENED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** Opens the window; a page that crashed is loaded again and catches up from the core. */
export function openMainWindow(preload: string, icon: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1480,
    height: 940,
    minWidth: 960,
    minHeight: 640,
    show: false,
    icon,
    title: 'Second Unit',
    backgroundColor: '#16181d',
    autoHideMenuBar: true,
    webPreferences: { ...HARDENED, preload },
  });
  lockContents(window.webContents, (url) => void shell.openExternal(url));
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

/** Opens the small window of the tray; it is gone as soon as it loses the focus. */
export function openQuickPrompt(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 620,
    height: 72,
    frame: false,
    resizable: false,
    alwaysOnTop: true,
    skipTaskbar: true,
    show: false,
    title: 'Ask Second Unit',
    backgroundColor: '#16181d',
    webPreferences: { ...HARDENED, preload },
  });
  lockContents(window.webContents, () => undefined);
  window.once('ready-to-show', () => window.show());
  window.on('blur', () => {
    if (!window.isDestroyed()) window.close();
  });
  void window.loadURL(`${PAGE_ORIGIN}${QUICK_PROMPT_PATH}`);
  return window;
}

/** Where the quick prompt's page is served. */
export const QUICK_PROMPT_PATH = '/quick-prompt.html';

/** A page without scripts: its preload listens to the form. */
export const quickPromptPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Ask Second Unit</title>
    <style>
      body { margin: 0; background: #16181d; font: 16px system-ui, sans-serif; }
      form { display: flex; padding: 14px; }
      input { flex: 1; padding: 10px 12px; color: #f2f3f5; background: #22252c;
              border: 1px solid #4b5160; border-radius: 8px; font: inherit; }
    </style>
  </head>
  <body>
    <form><input name="message" aria-label="Ask Second Unit" autofocus autocomplete="off"
      placeholder="What should change? For example: 30 steps and make it 16:9" /></form>
  </body>
</html>
`;
