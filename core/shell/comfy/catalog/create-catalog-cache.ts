import { type Disposable } from '../../../base/disposable.ts';
import { type Event, createEmitter } from '../../../base/emitter.ts';
import type { JsonObject } from '../../../base/json.ts';
import { type Result, ok } from '../../../base/result.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { NodeCatalog } from '../../../domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../../domain/workflow/create-catalog.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { KeptCatalog } from '../../../ports/comfy.ts';
import type { ComfyAnswer } from '../net/create-wire.ts';
import { type CatalogStore, digestOf } from './catalog-store.ts';

/** The node classes of one server: in memory, on the disk, and asked for again. */
export interface CatalogCache extends Disposable {
  /** One question at a time, however many ask; a failed refresh leaves the old catalog in place. */
  load(refresh: boolean): Promise<Result<NodeCatalog, AppError>>;
  /** For a start: what is kept will do, and the server is asked meanwhile; without it the server is asked. */
  loadQuickly(): Promise<Result<NodeCatalog, AppError>>;
  kept(): Promise<KeptCatalog | undefined>;
  /** Fires whenever the server has told its classes; with the same catalog when it said the same again. */
  readonly onRead: Event<NodeCatalog>;
}

interface CacheParts {
  readonly url: string;
  readonly clock: Clock;
  /** Absent where nothing is to be kept. */
  readonly store: CatalogStore | undefined;
  /** 200 with the classes, or 304 when they are as with this tag. */
  readonly ask: (unlessEtag: string | undefined) => Promise<Result<ComfyAnswer, AppError>>;
  readonly read: (answer: Pick<ComfyAnswer, 'bytes'>) => Result<JsonObject, AppError>;
}

interface Held {
  readonly catalog: NodeCatalog;
  readonly digest: string;
  readonly etag: string | undefined;
}

/** Makes an empty cache; the disk is looked at when something is first wanted. */
export function createCatalogCache(parts: CacheParts): CatalogCache {
  const { url, clock, store, ask, read } = parts;
  const told = createEmitter<NodeCatalog>();
  let held: Held | undefined;
  let asking: Promise<Result<NodeCatalog, AppError>> | undefined;
  let loading: Promise<KeptCatalog | undefined> | undefined;

  const loadKept = async (): Promise<KeptCatalog | undefined> => {
    const answer = await store?.load(url);
    const objectInfo = answer === undefined ? undefined : read(answer);
    if (answer === undefined || objectInfo?.ok !== true) return undefined;
    const { digest, etag, readAt } = answer;
    held ??= { catalog: createNodeCatalog(objectInfo.value), digest, etag };
    return { catalog: held.catalog, readAt };
  };
  const kept = (): Promise<KeptCatalog | undefined> => (loading ??= loadKept());

  const refresh = async (): Promise<Result<NodeCatalog, AppError>> => {
    await kept();
    const answer = await ask(held?.etag);
    if (!answer.ok) return answer;
    const { bytes, etag, status } = answer.value;
    const digest = status === 304 ? held?.digest : digestOf(bytes);
    if (held !== undefined && digest === held.digest) {
      // The same classes: nothing is read again, and whoever holds the catalog holds the right one.
      void store?.confirm(url, clock.now());
    } else {
      const objectInfo = read(answer.value);
      if (!objectInfo.ok) return objectInfo;
      const fresh = { catalog: createNodeCatalog(objectInfo.value), digest: digestOf(bytes), etag };
      held = fresh;
      void store?.save(url, { bytes, digest: fresh.digest, etag, readAt: clock.now() });
    }
    told.fire(held.catalog);
    return ok(held.catalog);
  };
  const refreshOnce = (): Promise<Result<NodeCatalog, AppError>> => {
    asking ??= refresh().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    load: async (isRefresh) => {
      if (held !== undefined && !isRefresh) return ok(held.catalog);
      return refreshOnce();
    },
    loadQuickly: async () => {
      const known = await kept();
      const asked = refreshOnce();
      return known === undefined ? asked : ok(known.catalog);
    },
    kept,
    onRead: told.event,
    dispose: () => told.dispose(),
  };
}
