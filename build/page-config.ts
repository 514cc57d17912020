import { join } from 'node:path';
import type { UserConfig } from 'vite';

const root = join(import.meta.dirname, '..');

/** How the page is built, by `npm run build` with everything else and by itself for browser mode. */
export const pageConfig = {
  root: join(root, 'renderer'),
  build: {
    outDir: join(root, 'out', 'renderer'),
    emptyOutDir: true,
    minify: true,
    rolldownOptions: { input: join(root, 'renderer', 'index.html') },
  },
} satisfies UserConfig;
