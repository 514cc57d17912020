import { join } from 'node:path';
import {
  type BrowserWindow,
  MessageChannelMain,
  app,
  ipcMain,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import { nativeChannels } from '../../core/contract/native.ts';
import { createCoreProcess } from './core-process.ts';
import { answerNativeCalls } from './native.ts';
import { createPageHandler } from './page-protocol.ts';
import { PAGE_SCHEME, isOurPage, lockSession } from './security.ts';
import { createTray } from './tray.ts';
import { QUICK_PROMPT_PATH, openMainWindow, openQuickPrompt, quickPromptPage } from './window.ts';

// Built to out/main/main.js: its neighbours are out/preload and out/renderer.
const preloads = join(import.meta.dirname, '..', 'preload');
const page = join(import.meta.dirname, '..', 'renderer');

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const resources = join(app.getAppPath(), 'resources');
  let main: BrowserWindow | undefined;
  lockSession(session.defaultSession);
  protocol.handle(PAGE_SCHEME, createPageHandler(page, { [QUICK_PROMPT_PATH]: quickPromptPage }));

  const core = createCoreProcess({
    fork: () => {
      const flags = {
        '--data-folder': join(app.getPath('userData'), 'core'),
        '--templates-folder': join(resources, 'templates'),
        '--app-version': app.getVersion(),
      };
      const args = Object.entries(flags).flat();
      const entry = join(import.meta.dirname, 'core.js');
      return utilityProcess.fork(entry, args, { serviceName: 'Second Unit core' });
    },
    createChannel: () => new MessageChannelMain(),
    now: () => performance.now(),
    after: (ms, callback) => void setTimeout(callback, ms),
    onExit: (code) =>
      process.stderr.write(`The core stopped (exit ${String(code)}); restarting.\n`),
  });
  ipcMain.on(nativeChannels.requestCorePort, (event) => {
    if (!isOurPage(event)) return;
    core.connect((port) => {
      if (event.sender.isDestroyed()) port.close();
      else event.sender.postMessage(nativeChannels.corePort, null, [port]);
    });
  });

  const showWindow = (): void => {
    if (main === undefined) {
      main = openMainWindow(join(preloads, 'preload.cjs'), join(resources, 'icons', 'app.png'));
      main.on('closed', () => (main = undefined));
    } else {
      if (main.isMinimized()) main.restore();
      main.show();
      main.focus();
    }
  };
  answerNativeCalls({
    mainWindow: () => main,
    onQuickPrompt: (message) => {
      showWindow();
      main?.webContents.send(nativeChannels.quickPrompt, message);
    },
  });
  showWindow();
  const tray = createTray(join(resources, 'icons', 'tray.png'), {
    ask: () => openQuickPrompt(join(preloads, 'quick-prompt.cjs')),
    showWindow,
    quit: () => app.quit(),
  });
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    core.dispose();
    tray.destroy();
  });
}
