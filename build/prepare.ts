// Runs after `npm ci`, so that the first `npm start` need not build anything.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildBridge } from './build-bridge.ts';
import { buildPageIfStale } from './build-page.ts';

// A package installed for its terminal commands only may come without the page's sources.
if (existsSync(join(import.meta.dirname, '..', 'renderer', 'index.html'))) {
  const outcome = await buildPageIfStale();
  if (outcome === 'no-builder') console.log('The page was not built: its tools are not installed.');
}
await buildBridge();
