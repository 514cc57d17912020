import { expect, it } from 'vitest';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createScriptedComfy } from '../../../tests/fakes/ports/scripted-comfy.ts';
import { createEmitter } from '../../base/emitter.ts';
import { type Result, ok } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { CardMeasure } from '../../domain/run/measure-run.ts';
import type { Comfy } from '../../ports/comfy.ts';
import { createWorkspaceStore } from '../sessions/workspace-store.ts';
import { createComfyLink } from './comfy-link.ts';

it('a server that is found only after everything was closed is let go', async () => {
  const clock = createManualClock();
  const found = Promise.withResolvers<Result<Comfy, AppError>>();
  const link = createComfyLink({
    open: () => found.promise,
    workspace: createWorkspaceStore(clock),
    clock,
    machine: {
      onMeasure: createEmitter<CardMeasure>().event,
      took: () => undefined,
      watch: () => undefined,
      dispose: () => undefined,
    },
  });
  const connected = link.connect('automatic');
  link.dispose();
  let isLetGo = false;
  const dispose = (): void => {
    isLetGo = true;
  };
  found.resolve(ok({ ...createScriptedComfy(), dispose }));
  expect(await connected).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(isLetGo).toBe(true);
});
