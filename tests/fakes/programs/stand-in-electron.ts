import { EventEmitter } from 'node:events';

// Stands in for the `electron` module when the built bundles are loaded by tests: it records what they ask
// Electron for. Loaded by Node itself, not through vitest, so that bundles and tests share one instance.

type Handler = (event: StandInEvent, ...values: unknown[]) => unknown;

/** What arrives with a message from a page. */
export interface StandInEvent {
  readonly sender?: unknown;
  readonly senderFrame?: { readonly url: string; readonly parent: unknown } | null;
  readonly ports?: readonly unknown[];
}

export class StandInContents extends EventEmitter {
  readonly posted: { channel: string; message: unknown; ports: readonly unknown[] }[] = [];
  readonly sent: unknown[][] = [];
  reloads = 0;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  postMessage(channel: string, message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, message, ports });
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  reload(): void {
    this.reloads += 1;
  }
  isDestroyed(): boolean {
    return false;
  }
  /** True while its page is on the way; ends with `did-finish-load`. */
  loading = false;
  isLoading(): boolean {
    return this.loading;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  url = '';
  isShown = false;
  constructor(options: { readonly webPreferences: Readonly<Record<string, unknown>> }) {
    super();
    this.options = options;
    recorded.windows.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isShown = true;
  }
  hasFocus = false;
  isFocused(): boolean {
    return this.hasFocus;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return false;
  }
  close(): void {
    this.emit('closed');
  }
}

export class StandInProcess extends EventEmitter {
  readonly entry: string;
  readonly options: { readonly env: Readonly<Record<string, string | undefined>> };
  readonly posted: { message: unknown; ports: readonly unknown[] }[] = [];
  constructor(entry: string, options: StandInProcess['options']) {
    super();
    this.entry = entry;
    this.options = options;
  }
  postMessage(message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ message, ports });
  }
  kill(): boolean {
    return this.emit('exit', 0);
  }
}

export class MessageChannelMain {
  readonly port1 = { end: 'core', close: () => undefined };
  readonly port2 = { end: 'page', close: () => undefined };
}

export class Tray extends EventEmitter {
  readonly icon: unknown;
  menu: readonly { label?: string; click?: () => void }[] = [];
  constructor(icon: unknown) {
    super();
    this.icon = icon;
    recorded.trays.push(this);
  }
  setToolTip(): void {
    return undefined;
  }
  setContextMenu(menu: Tray['menu']): void {
    this.menu = menu;
  }
  destroy(): void {
    this.menu = [];
  }
}

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  readonly options: { readonly title: string; readonly body: string };
  constructor(options: { readonly title: string; readonly body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    recorded.notifications.push(this);
  }
}

/** Everything that was asked of this Electron since it was loaded. */
export const recorded = {
  windows: [] as BrowserWindow[],
  trays: [] as Tray[],
  processes: [] as StandInProcess[],
  notifications: [] as Notification[],
  forks: new EventEmitter(),
  isSandboxed: false,
  schemes: [] as { scheme: string; privileges: unknown }[],
  protocols: new Map<string, (request: { url: string }) => Promise<Response>>(),
  opened: [] as string[],
  shownInFolder: [] as string[],
  quits: 0,
  exposed: new Map<string, unknown>(),
  /** What the next dialog answers with. */
  dialog: { canceled: true, filePaths: [] as string[], filePath: '' },
  invoked: [] as unknown[][],
};

export const app = Object.assign(new EventEmitter(), {
  enableSandbox: () => (recorded.isSandboxed = true),
  requestSingleInstanceLock: () => true,
  whenReady: async () => undefined,
  getAppPath: () => process.cwd(),
  getVersion: () => '9.9.9',
  quit: () => (recorded.quits += 1),
});

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof recorded.schemes) =>
    recorded.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: { url: string }) => Promise<Response>) =>
    recorded.protocols.set(scheme, handler),
};

class StandInSession extends EventEmitter {
  permission:
    ((contents: unknown, name: string, answer: (ok: boolean) => void) => void) | undefined;
  check: (() => boolean) | undefined;
  device: (() => boolean) | undefined;
  setPermissionRequestHandler(handler: StandInSession['permission']): void {
    this.permission = handler;
  }
  setPermissionCheckHandler(handler: StandInSession['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: StandInSession['device']): void {
    this.device = handler;
  }
}
export const session = { defaultSession: new StandInSession() };

export const utilityProcess = {
  fork: (entry: string, _args: readonly string[], options: StandInProcess['options']) => {
    const child = new StandInProcess(entry, options);
    recorded.processes.push(child);
    recorded.forks.emit('fork', child);
    return child;
  },
};

/** The main process's half of a page's messages. */
export const ipcMain = Object.assign(new EventEmitter(), {
  handlers: new Map<string, Handler>(),
  handle: (channel: string, handler: Handler): void => {
    ipcMain.handlers.set(channel, handler);
  },
});

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(`locked ${text}`),
  decryptString: (sealed: Buffer) => sealed.toString().replace(/^locked /, ''),
};

export const dialog = {
  showOpenDialog: async () => recorded.dialog,
  showSaveDialog: async () => recorded.dialog,
};
export const shell = {
  openExternal: async (url: string) => recorded.opened.push(url),
  showItemInFolder: (path: string) => recorded.shownInFolder.push(path),
};
export const Menu = { buildFromTemplate: (template: unknown) => template };
export const nativeImage = { createFromPath: (path: string) => path };

/** The page's half, as a preload sees it. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: [] as unknown[][],
  send: (...message: unknown[]) => ipcRenderer.sent.push(message),
  invoke: async (...message: unknown[]) => {
    recorded.invoked.push(message);
    return null;
  },
});
export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => recorded.exposed.set(name, value),
};
