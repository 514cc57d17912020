import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIVE_BRIDGE, type NativeBridge, nativeChannels } from '../../core/contract/native.ts';
import { type Bundles, buildBundles } from './build-bundles.ts';
import { installStandIn, loadBundle } from './load-bundle.ts';

const electron = installStandIn();
const { recorded } = electron;
const ourFrame = { url: 'second-unit://app/', parent: null };
let bundles: Bundles;

beforeAll(async () => {
  bundles = await buildBundles();
}, 60_000);

afterAll(() => bundles.remove());

describe('the main process, from its built bundle', () => {
  beforeAll(async () => {
    const forked = once(recorded.forks, 'fork');
    loadBundle(bundles.main);
    await forked;
    recorded.processes[0]?.emit('spawn');
  });

  const window = () => recorded.windows[0]!;
  const requestPort = (sender: unknown, senderFrame: unknown) =>
    electron.ipcMain.emit(nativeChannels.requestCorePort, { sender, senderFrame });

  it('sandboxes every renderer before anything is opened', () => {
    expect(recorded.isSandboxed).toBe(true);
  });

  it('opens a hardened window on our own page', () => {
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(window().options.webPreferences['preload']).toMatch(/preload\.cjs$/);
    expect(window().url).toBe('second-unit://app/');
  });

  it('shows the window once the page is painted', () => {
    expect(window().isShown).toBe(false);
    window().emit('ready-to-show');
    expect(window().isShown).toBe(true);
  });

  it('serves the page with a content security policy, and nothing beside its folder', async () => {
    const serve = recorded.protocols.get('second-unit')!;
    const page = await serve({ url: 'second-unit://app/' });
    expect(await page.text()).toContain('Second Unit');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    for (const path of ['/../main/main.js', '/%2e%2e%2fmain%2fmain.js', '/gone.js', '/%']) {
      expect((await serve({ url: `second-unit://app${path}` })).status).toBe(404);
    }
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    'stops %s',
    (name) => {
      let stopped = 0;
      window().webContents.emit(name, { preventDefault: () => (stopped += 1) });
      expect(stopped).toBe(1);
    },
  );

  it('opens links in the browser and never in a window', () => {
    const open = window().webContents.openHandler!;
    expect(open({ url: 'https://docs.comfy.org/' })).toEqual({ action: 'deny' });
    expect(open({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    expect(open({ url: 'javascript:alert(1)' })).toEqual({ action: 'deny' });
    expect(recorded.opened).toEqual(['https://docs.comfy.org/']);
  });

  it('refuses every permission and every download that is not our page’s own', () => {
    const { defaultSession } = electron.session;
    let answer: boolean | undefined;
    defaultSession.permission?.(null, 'media', (ok) => (answer = ok));
    expect([answer, defaultSession.check?.(), defaultSession.device?.()]).toEqual([
      false,
      false,
      false,
    ]);
    let stopped = 0;
    const event = { preventDefault: () => (stopped += 1) };
    defaultSession.emit('will-download', event, { getURL: () => 'https://example.org/x.exe' });
    defaultSession.emit('will-download', event, { getURL: () => 'blob:second-unit://app/1' });
    expect(stopped).toBe(1);
  });

  it('starts the core in a utility process and tells it the version', () => {
    expect(recorded.processes[0]?.entry).toMatch(/core\.js$/);
    expect(recorded.processes[0]?.options.env['SECOND_UNIT_VERSION']).toBe('9.9.9');
  });

  it('hands our page one end of a channel and the core the other', () => {
    const { webContents } = window();
    requestPort(webContents, ourFrame);
    expect(webContents.posted).toMatchObject([
      { channel: nativeChannels.corePort, ports: [{ end: 'page' }] },
    ]);
    expect(recorded.processes[0]?.posted).toMatchObject([
      { message: { type: 'connect', role: 'artist' }, ports: [{ end: 'core' }] },
    ]);
  });

  it.each([
    ['another origin', { url: 'https://example.org/', parent: null }],
    ['an origin that begins like ours', { url: 'second-unit://app.example.org/', parent: null }],
    ['a frame inside our page', { url: 'second-unit://app/', parent: {} }],
    ['a frame that is gone', null],
  ])('gives no port to %s', (_name, senderFrame) => {
    const sender = new electron.StandInContents();
    requestPort(sender, senderFrame);
    expect(sender.posted).toEqual([]);
  });

  it('starts a core that crashed again, and then serves the page that asked meanwhile', async () => {
    const forked = once(recorded.forks, 'fork');
    recorded.processes[0]?.emit('exit', 139);
    const sender = new electron.StandInContents();
    requestPort(sender, ourFrame);
    expect(sender.posted).toEqual([]);
    await forked;
    recorded.processes[1]?.emit('spawn');
    expect(sender.posted).toMatchObject([{ ports: [{ end: 'page' }] }]);
    expect(recorded.processes[1]?.posted).toMatchObject([{ ports: [{ end: 'core' }] }]);
  });

  it('brings the window forward when another program waits for the artist, and says who and for what', () => {
    window().isShown = false;
    const attention = { type: 'attention', title: 'Cursor proposes a change', body: '30 steps' };
    recorded.processes[1]?.emit('message', attention);
    expect(window().isShown).toBe(true);
    expect(recorded.notifications.map(({ options }) => options)).toEqual([
      { title: 'Cursor proposes a change', body: '30 steps' },
    ]);
    window().isShown = false;
    recorded.notifications[0]?.emit('click');
    expect(window().isShown).toBe(true);
  });

  it('loads a page that crashed again', () => {
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window().webContents.reloads).toBe(1);
  });

  it('asks for files through the system’s dialogs, for our page only', async () => {
    const open = electron.ipcMain.handlers.get(nativeChannels.chooseFileToOpen)!;
    expect(await open({ senderFrame: ourFrame })).toBeNull();
    recorded.dialog = { canceled: false, filePaths: ['/shots/a.json'], filePath: '/shots/b.json' };
    expect(await open({ senderFrame: ourFrame })).toBe('/shots/a.json');
    const save = electron.ipcMain.handlers.get(nativeChannels.chooseFileToSave)!;
    expect(await save({ senderFrame: ourFrame }, 'b.json')).toBe('/shots/b.json');
    await expect(async () => save({ senderFrame: ourFrame }, 3)).rejects.toThrow('refused');
    await expect(async () => open({ senderFrame: null })).rejects.toThrow('refused');
  });

  it('shows only files that are there', async () => {
    const show = electron.ipcMain.handlers.get(nativeChannels.showInFolder)!;
    await show({ senderFrame: ourFrame }, tmpdir());
    await show({ senderFrame: ourFrame }, 'not/absolute.png');
    await show({ senderFrame: ourFrame }, `${tmpdir()}/second-unit-is-not-here.png`);
    expect(recorded.shownInFolder).toEqual([tmpdir()]);
  });

  it('passes a message from the tray’s quick prompt to the window', () => {
    const ask = recorded.trays[0]?.menu.find(({ label }) => label === 'Ask Second Unit…');
    ask?.click?.();
    expect(recorded.windows.at(-1)?.url).toBe('second-unit://app/quick-prompt.html');
    expect(recorded.windows.at(-1)?.options.webPreferences['sandbox']).toBe(true);
    electron.ipcMain.emit(nativeChannels.quickPrompt, { senderFrame: ourFrame }, '30 steps');
    electron.ipcMain.emit(nativeChannels.quickPrompt, { senderFrame: null }, 'delete it all');
    expect(window().webContents.sent).toEqual([[nativeChannels.quickPrompt, '30 steps']]);
  });

  it('keeps a message from the quick prompt until the page of its window is there', () => {
    const { webContents } = window();
    const before = webContents.sent.length;
    webContents.loading = true;
    electron.ipcMain.emit(nativeChannels.quickPrompt, { senderFrame: ourFrame }, 'more steps');
    expect(webContents.sent).toHaveLength(before);
    webContents.loading = false;
    webContents.emit('did-finish-load');
    expect(webContents.sent.slice(before)).toEqual([[nativeChannels.quickPrompt, 'more steps']]);
  });

  it('stays in the tray on Windows when its window is closed, says so once, and quits on Linux', () => {
    const close = (platform: string): void => {
      const real = process.platform;
      Object.defineProperty(process, 'platform', { value: platform });
      electron.app.emit('window-all-closed');
      Object.defineProperty(process, 'platform', { value: real });
    };
    const before = recorded.notifications.length;
    close('win32');
    close('win32');
    close('darwin');
    expect(recorded.quits).toBe(0);
    const told = recorded.notifications.slice(before).map(({ options }) => options.title);
    expect(told).toEqual(['Second Unit stays in the tray']);
    close('linux');
    expect(recorded.quits).toBe(1);
    recorded.quits = 0;
  });

  it('lets the core finish before it quits', () => {
    let held = 0;
    const event = { preventDefault: () => (held += 1) };
    electron.app.emit('will-quit', event);
    expect([held, recorded.quits]).toEqual([1, 0]);
    recorded.processes.at(-1)?.emit('exit', 0);
    expect(recorded.quits).toBe(1);
    electron.app.emit('will-quit', event);
    expect(held).toBe(1);
  });
});

describe('the preload, from its built bundle', () => {
  const page = new EventTarget();
  const posted: unknown[][] = [];

  beforeAll(() => {
    const window = Object.assign(page, { postMessage: (...all: unknown[]) => posted.push(all) });
    Object.assign(globalThis, { window, location: { origin: 'second-unit://app' } });
    loadBundle(bundles.preload);
  });

  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'location');
  });

  const bridge = () => recorded.exposed.get(NATIVE_BRIDGE) as NativeBridge;
  const say = (data: unknown, source: unknown) =>
    page.dispatchEvent(Object.assign(new Event('message'), { data, source }));

  it('exposes the bridge of the contract and nothing else', () => {
    expect([...recorded.exposed.keys()]).toEqual([NATIVE_BRIDGE]);
    expect(Object.keys(bridge()).sort()).toEqual([
      'chooseFileToOpen',
      'chooseFileToSave',
      'onQuickPrompt',
      'platform',
      'showInFolder',
    ]);
  });

  it('passes the page’s request for a port on, and no other message', () => {
    say(nativeChannels.requestCorePort, {});
    say('something else', page);
    expect(electron.ipcRenderer.sent).toEqual([]);
    say(nativeChannels.requestCorePort, page);
    expect(electron.ipcRenderer.sent).toEqual([[nativeChannels.requestCorePort]]);
  });

  it('hands the port to the page, to our origin only', () => {
    const port = { end: 'page' };
    electron.ipcRenderer.emit(nativeChannels.corePort, { ports: [port] });
    expect(posted).toEqual([[nativeChannels.corePort, 'second-unit://app', [port]]]);
  });

  it('passes calls on by their channel', async () => {
    await bridge().chooseFileToSave('a.json');
    await bridge().showInFolder('/shots/a.png');
    expect(recorded.invoked).toEqual([
      [nativeChannels.chooseFileToSave, 'a.json'],
      [nativeChannels.showInFolder, '/shots/a.png'],
    ]);
  });

  it('calls back with quick prompts until told to stop, and keeps what comes then for the next who asks', () => {
    electron.ipcRenderer.emit(nativeChannels.quickPrompt, {}, 'before anybody listens');
    const heard: string[] = [];
    const stop = bridge().onQuickPrompt((message) => heard.push(message));
    electron.ipcRenderer.emit(nativeChannels.quickPrompt, {}, 'more steps');
    electron.ipcRenderer.emit(nativeChannels.quickPrompt, {}, { not: 'text' });
    stop();
    electron.ipcRenderer.emit(nativeChannels.quickPrompt, {}, 'meanwhile');
    expect(heard).toEqual(['before anybody listens', 'more steps']);
    bridge().onQuickPrompt((message) => heard.push(message))();
    expect(heard.slice(2)).toEqual(['meanwhile']);
  });
});
