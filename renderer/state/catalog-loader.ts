import type { Result } from '../../core/base/result.ts';
import type { AppError } from '../../core/contract/errors.ts';
import type { ResultOf } from '../../core/contract/methods.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import type { AppState } from './app-state.ts';
import { classTypesInUse, isOfTheServer } from './class-types.ts';

/** What loading class descriptions needs. */
export interface CatalogLoaderOptions {
  getState(): AppState;
  setState(partial: Partial<AppState>): void;
  fetch(classTypes: readonly string[]): Promise<Result<ResultOf<'catalog/classes'>, AppError>>;
}

/** Most classes that the contract gives out in one answer. */
const BATCH = 2_000;

/**
 * Loads the descriptions of the classes in use, each once per server: another server may describe the same
 * class otherwise. Unknown classes are asked for once and then left alone.
 */
export function createCatalogLoader(options: CatalogLoaderOptions): { refresh(): void } {
  const asked = new Set<string>();
  const absent = new Set<string>();
  let of = '';
  let seen: readonly unknown[] = [];
  const refresh = (): void => {
    const state = options.getState();
    const connection = state.workspace?.state.connection;
    const server = `${connection?.url ?? ''} ${String(connection?.catalogRound ?? 0)}`;
    if (server !== of) {
      of = server;
      asked.clear();
      absent.clear();
    }
    if (state.session === null) return;
    const { workflow, changeSets } = state.session.state;
    const now = [server, workflow?.document, changeSets];
    // Progress comes ten times a second and changes none of these.
    if (now.every((item, at) => item === seen[at])) return;
    seen = now;
    const missing = [...classTypesInUse(state.session.state)].filter((name) => !asked.has(name));
    if (missing.length === 0) return;
    for (const name of missing) asked.add(name);
    for (let at = 0; at < missing.length; at += BATCH) void load(missing.slice(at, at + BATCH));
  };
  const load = async (classTypes: readonly string[]): Promise<void> => {
    const server = of;
    const answer = await options.fetch(classTypes);
    if (!answer.ok) {
      for (const name of classTypes) asked.delete(name);
      // What is shown did not change when the wire broke, so it must be looked at once more.
      if (answer.error.code === 'contract/disconnected') seen = [];
      return;
    }
    if (server !== of) return;
    const objectInfo = { ...options.getState().objectInfo, ...answer.value.objectInfo };
    const { nodeClassCount = 0 } = options.getState().workspace?.state.connection ?? {};
    const isKnown = nodeClassCount > 0;
    for (const name of classTypes) {
      if (isKnown && isOfTheServer(name) && answer.value.objectInfo[name] === undefined)
        absent.add(name);
    }
    options.setState({
      objectInfo,
      catalog: createNodeCatalog(objectInfo),
      absentClasses: new Set(absent),
    });
  };
  return { refresh };
}
