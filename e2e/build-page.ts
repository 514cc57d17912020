import { buildPageIfStale } from '../build/build-page.ts';

/** Runs once before all specs: what they open has to be what is written. */
export default async function buildThePage(): Promise<void> {
  const outcome = await buildPageIfStale();
  if (outcome === 'no-builder') throw new Error('The page is not built and cannot be built here.');
}
