import { expect, it } from 'vitest';
import { openWorkflow, sessionState, textToImage } from '../../tests/fakes/tool-context.ts';
import { emptyWorkspace } from '../../core/domain/session/workspace-reducer.ts';
import { err, ok } from '../../core/base/result.ts';
import { appError } from '../../core/contract/errors.ts';
import { createInitialState } from './app-state.ts';
import { createCatalogLoader } from './catalog-loader.ts';

it('classes that could not be had, because the wire broke, are asked for again afterwards', async () => {
  let isBroken = true;
  const asked: (readonly string[])[] = [];
  let state = {
    ...createInitialState(),
    workspace: { seq: 1, state: emptyWorkspace },
    session: { seq: 1, state: sessionState({ workflow: openWorkflow({ document: textToImage }) }) },
  };
  const loader = createCatalogLoader({
    getState: () => state,
    setState: (partial) => {
      state = { ...state, ...partial } as typeof state;
    },
    fetch: async (classTypes) => {
      asked.push(classTypes);
      return isBroken
        ? err(appError('contract/disconnected', {}))
        : ok({ objectInfo: { KSampler: {} } });
    },
  });
  loader.refresh();
  await Promise.resolve();
  expect(asked).toHaveLength(1);
  isBroken = false;
  await Promise.resolve();
  loader.refresh();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
  loader.refresh();
  expect(asked).toHaveLength(2);
});
