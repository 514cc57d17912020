import { ipcRenderer } from 'electron';
import { nativeChannels } from '../../core/contract/native.ts';

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const message = new FormData(event.target as HTMLFormElement).get('message');
  if (typeof message === 'string' && message.trim() !== '') {
    ipcRenderer.send(nativeChannels.quickPrompt, message.trim());
  }
  window.close();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') window.close();
});
