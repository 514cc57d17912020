import { contextBridge, ipcRenderer } from 'electron';
import { NATIVE_BRIDGE, type NativeBridge, nativeChannels } from '../../core/contract/native.ts';

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
    const own = (_event: unknown, message: unknown): void => {
      if (typeof message === 'string') listener(message);
    };
    ipcRenderer.on(nativeChannels.quickPrompt, own);
    return () => void ipcRenderer.off(nativeChannels.quickPrompt, own);
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
