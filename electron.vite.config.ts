import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import page from './renderer/vite.config.ts';

const from = (path: string): string => join(import.meta.dirname, path);

/** Everything is bundled except what cannot be: Electron itself, and sharp with its native library. */
const external = ['electron', 'sharp'];

/** `npm run build`: main and core, the preloads, and the page, into out/. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: {
          main: from('electron/main/main.ts'),
          core: from('core/host/utility-process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file.
      isolatedEntries: true,
      rolldownOptions: {
        external,
        input: {
          preload: from('electron/preload/preload.ts'),
          'quick-prompt': from('electron/preload/quick-prompt.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    build: { ...page.build, rolldownOptions: { input: from('renderer/index.html') } },
  },
});
