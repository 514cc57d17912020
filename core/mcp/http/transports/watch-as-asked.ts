import { type Disposable, createDisposableBag } from '../../../base/disposable.ts';
import { type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { ResourceWatch } from '../../resources/resource-watch.ts';

/** On protocol 2026-07-28 a client subscribes by a request that stays open: what it names is watched as long. */
export function watchAsAsked(body: JsonValue, watch: ResourceWatch): Disposable {
  const bag = createDisposableBag();
  if (asksToListen(body)) for (const uri of textsIn(body)) bag.add(watch.watch(uri));
  return bag;
}

/** True for the request that subscribes. */
export function asksToListen(body: JsonValue): boolean {
  return isJsonObject(body) && body['method'] === 'subscriptions/listen';
}

/** Every text in a value that is an address of ours; what is none is not watched. */
function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.startsWith('second-unit://') ? [value] : [];
  if (isJsonArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
