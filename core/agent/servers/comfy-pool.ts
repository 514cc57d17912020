import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { Comfy } from '../../ports/comfy.ts';
import { serverName } from '../runs/server-name.ts';

/** The servers that somebody still needs: the one in use, and those where our runs are going. */
export interface ComfyPool extends Disposable {
  /** All of them, the one that was taken last at the end. */
  readonly all: readonly Comfy[];
  /** The newest one of that name, as runs remember it. */
  find(server: string): Comfy | undefined;
  /** Keeps it connected until disposed; the last one to let go disposes the server's connection. */
  hold(comfy: Comfy): Disposable;
}

/** Makes an empty pool. */
export function createComfyPool(): ComfyPool {
  const holders = new Map<Comfy, number>();
  const letGo = (comfy: Comfy): void => {
    const left = (holders.get(comfy) ?? 0) - 1;
    if (left > 0) {
      holders.set(comfy, left);
      return;
    }
    holders.delete(comfy);
    comfy.dispose();
  };
  return {
    get all() {
      return [...holders.keys()];
    },
    find: (server) =>
      [...holders.keys()].findLast(({ connection }) => serverName(connection) === server),
    hold: (comfy) => {
      holders.set(comfy, (holders.get(comfy) ?? 0) + 1);
      return toDisposable(() => letGo(comfy));
    },
    dispose: () => {
      for (const comfy of holders.keys()) comfy.dispose();
      holders.clear();
    },
  };
}
