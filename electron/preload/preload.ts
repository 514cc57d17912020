import { contextBridge, ipcRenderer } from 'electron';
import { NATIVE_BRIDGE, type NativeBridge, nativeChannels } from '../../core/contract/native.ts';

/** Typed while nobody listens: the window was just opened, or its link to the core is down. */
const waiting: string[] = [];
let hear: ((message: string) => void) | undefined;
ipcRenderer.on(nativeChannels.quickPrompt, (_event, message: unknown) => {
  if (typeof message !== 'string') return;
  if (hear === undefined) waiting.push(message);
  else hear(message);
});

const bridge = {
  platform: process.platform as NativeBridge['platform'],
  chooseFileToOpen: async () =>
    (await ipcRenderer.invoke(nativeChannels.chooseFileToOpen)) as string | null,
  chooseFileToSave: async (suggestedName) =>
    (await ipcRenderer.invoke(nativeChannels.chooseFileToSave, suggestedName)) as string | null,
  showInFolder: async (path) => {
    await ipcRenderer.invoke(nativeChannels.showInFolder, path);
  },
  onQuickPrompt: (listener) => {
    hear = listener;
    for (const message of waiting.splice(0)) listener(message);
    return () => {
      if (hear === listener) hear = undefined;
    };
  },
} satisfies NativeBridge;

contextBridge.exposeInMainWorld(NATIVE_BRIDGE, bridge);

// A port cannot pass the context bridge; a window message can carry it.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === nativeChannels.requestCorePort) {
    ipcRenderer.send(nativeChannels.requestCorePort);
  }
});
ipcRenderer.on(nativeChannels.corePort, (event) => {
  window.postMessage(nativeChannels.corePort, location.origin, event.ports);
});
