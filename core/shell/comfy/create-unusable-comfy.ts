import { createEmitter } from '../../base/emitter.ts';
import { err } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Connection } from '../../contract/machine/machine.schema.ts';
import type { Comfy, ComfyEvent } from '../../ports/comfy.ts';

/** A server whose address cannot be read: every question is answered with the reason. */
export function createUnusableComfy(error: AppError, isPractice: boolean): Comfy {
  const changed = createEmitter<Connection>();
  const events = createEmitter<ComfyEvent>();
  const refuse = () => Promise.resolve(err(error));
  return {
    connection: { status: 'error', isPractice, missing: [], error },
    onConnectionChanged: changed.event,
    onEvent: events.event,
    start: refuse,
    catalog: refuse,
    systemStats: refuse,
    queue: refuse,
    submit: refuse,
    history: refuse,
    deletePending: refuse,
    interrupt: refuse,
    models: refuse,
    modelFolders: refuse,
    modelFiles: refuse,
    modelPlaces: refuse,
    logLines: refuse,
    fileNames: refuse,
    fileHead: refuse,
    modelMetadata: refuse,
    hashFile: refuse,
    fetchFile: refuse,
    dispose: () => {
      changed.dispose();
      events.dispose();
    },
  };
}
