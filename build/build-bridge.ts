// Makes out/mcp/bridge.js: the stdio bridge as one file, which starts in half the time of its sources.
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Builds the bridge; `no-builder` where the packages for it are not installed (`npm ci --omit=dev`). */
export async function buildBridge(): Promise<'built' | 'no-builder'> {
  try {
    const { build } = await import('vite');
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      build: {
        ssr: join(root, 'core', 'host', 'mcp-bridge', 'bridge.ts'),
        outDir: join(root, 'out', 'mcp'),
        target: 'node20',
        minify: true,
        rolldownOptions: { output: { entryFileNames: 'bridge.js' } },
      },
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return 'no-builder';
    throw cause;
  }
  return 'built';
}

if (process.argv[1] === import.meta.filename) await buildBridge();
