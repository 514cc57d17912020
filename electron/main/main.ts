import { join } from 'node:path';
import {
  type BrowserWindow,
  MessageChannelMain,
  Notification,
  app,
  ipcMain,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron';
import { nativeChannels } from '../../core/contract/native.ts';
import { createAttention } from './attention.ts';
import { createCoreProcess } from './core-process.ts';
import { answerNativeCalls } from './native.ts';
import { createPageHandler } from './page-protocol.ts';
import { PAGE_SCHEME, isOurPage, lockSession } from './security.ts';
import { createTray } from './tray.ts';
import { answerVault } from './vault.ts';
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

  const attend = createAttention({
    isFocused: () => main?.isFocused() ?? false,
    showWindow: () => showWindow(),
    notify,
    now: () => performance.now(),
  });
  const core = createCoreProcess({
    fork: () => {
      const env = { ...process.env, SECOND_UNIT_VERSION: app.getVersion() };
      const entry = join(import.meta.dirname, 'core.js');
      return utilityProcess.fork(entry, [], { serviceName: 'Second Unit core', env });
    },
    createChannel: () => new MessageChannelMain(),
    now: () => performance.now(),
    answer: (message) => {
      attend(message);
      return answerVault(message, safeStorage);
    },
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
      const contents = main?.webContents;
      const pass = (): void => contents?.send(nativeChannels.quickPrompt, message);
      // A window that was only just opened has nobody to hear it yet.
      if (contents?.isLoading() === true) contents.once('did-finish-load', pass);
      else pass();
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
  let hasTold = false;
  app.on('window-all-closed', () => {
    // Many Linux desktops show no tray, and what has no face at all could not be quit.
    if (process.platform === 'linux') app.quit();
    if (process.platform !== 'win32' || hasTold) return;
    hasTold = true;
    const body = 'Renders go on, and other programs can still reach it. Quit from its menu there.';
    notify('Second Unit stays in the tray', body, showWindow);
  });
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    core.stop(() => {
      isStopped = true;
      tray.destroy();
      app.quit();
    });
  });
}

function notify(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', onClick);
  notification.show();
}
