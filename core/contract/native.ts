/** What the desktop shell adds to the page; absent in browser mode. Nothing here can accept a change. */
export interface NativeBridge {
  readonly platform: 'win32' | 'darwin' | 'linux';
  /** Asks for a workflow or picture; null when the artist cancelled. */
  chooseFileToOpen(): Promise<string | null>;
  /** Asks where to save; null when the artist cancelled. */
  chooseFileToSave(suggestedName: string): Promise<string | null>;
  /** Shows a rendered file in Explorer or Finder. */
  showInFolder(path: string): Promise<void>;
  /** Calls back with messages typed into the tray's quick prompt, those that waited for somebody to listen first. */
  onQuickPrompt(listener: (message: string) => void): () => void;
}

/** Channel names between main and preload; every message is checked on arrival. */
export const nativeChannels = {
  corePort: 'second-unit:core-port',
  requestCorePort: 'second-unit:request-core-port',
  chooseFileToOpen: 'second-unit:choose-file-to-open',
  chooseFileToSave: 'second-unit:choose-file-to-save',
  showInFolder: 'second-unit:show-in-folder',
  quickPrompt: 'second-unit:quick-prompt',
} as const;

/** The name under which the preload exposes the bridge on `window`. */
export const NATIVE_BRIDGE = 'secondUnitNative';
