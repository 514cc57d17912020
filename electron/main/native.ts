import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { type BrowserWindow, dialog, ipcMain, shell } from 'electron';
import { nativeChannels } from '../../core/contract/native.ts';
import { isOurPage } from './security.ts';

const WORKFLOWS = { name: 'Workflows and pictures', extensions: ['json', 'png', 'webp'] };
const LONGEST_PATH = 4_096;
const LONGEST_MESSAGE = 20_000;

/** What the native half needs of the rest of the main process. */
export interface NativeParts {
  readonly mainWindow: () => BrowserWindow | undefined;
  /** A message was typed into the quick prompt. */
  readonly onQuickPrompt: (message: string) => void;
}

/** Answers the preloads' channels; a sender that is not our page, or a wrong value, is refused. */
export function answerNativeCalls({ mainWindow, onQuickPrompt }: NativeParts): void {
  ipcMain.handle(nativeChannels.chooseFileToOpen, async (event) => {
    const window = allowed(event, mainWindow());
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile'],
      filters: [WORKFLOWS],
    });
    return canceled ? null : (filePaths[0] ?? null);
  });
  ipcMain.handle(nativeChannels.chooseFileToSave, async (event, suggestedName: unknown) => {
    const window = allowed(event, mainWindow());
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: text(suggestedName, LONGEST_PATH),
      filters: [{ name: 'Workflow', extensions: ['json'] }],
    });
    return canceled ? null : filePath;
  });
  ipcMain.handle(nativeChannels.showInFolder, (event, path: unknown) => {
    allowed(event, mainWindow());
    const wanted = text(path, LONGEST_PATH);
    if (isAbsolute(wanted) && existsSync(wanted)) shell.showItemInFolder(wanted);
  });
  ipcMain.on(nativeChannels.quickPrompt, (event, message: unknown) => {
    if (isOurPage(event)) onQuickPrompt(text(message, LONGEST_MESSAGE));
  });
}

function allowed(event: Parameters<typeof isOurPage>[0], window: BrowserWindow | undefined) {
  if (!isOurPage(event) || window === undefined) throw new Error('refused');
  return window;
}

function text(value: unknown, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest) {
    throw new Error('refused');
  }
  return value;
}
