import { type JsonObject, type JsonValue } from '../../base/json.ts';
import { type QueueItem, toQueueJson } from './prompt-queue.ts';

/** Oldest entries go first beyond this (execution.py, MAXIMUM_HISTORY_SIZE). */
const MAX_ENTRIES = 10_000;

/** How a run ended, in the shape of a history entry. */
export interface RunRecord {
  readonly isSuccess: boolean;
  /** `[event, data]` pairs: execution_start, execution_cached, and how it ended. */
  readonly messages: readonly (readonly [string, JsonObject])[];
  readonly outputs: ReadonlyMap<string, JsonObject>;
}

/** What `GET /history` may ask for. */
export interface HistoryRange {
  readonly maxItems?: number;
  readonly offset?: number;
}

/** Runs that ended, oldest first. */
export interface History {
  add(item: QueueItem, record: RunRecord): void;
  get(promptId: string): JsonObject;
  list(range: HistoryRange): JsonObject;
  delete(promptId: string): void;
  clear(): void;
}

/** Makes an empty history; it lives as long as the server. */
export function createHistory(): History {
  const entries = new Map<string, JsonObject>();
  return {
    add: (item, record) => {
      // A repeated id takes the place of the old entry, as in a Python dict.
      entries.set(item.promptId, toEntry(item, record));
      const oldest = entries.keys().next();
      if (entries.size > MAX_ENTRIES && oldest.done !== true) entries.delete(oldest.value);
    },
    get: (promptId) => {
      const entry = entries.get(promptId);
      return entry === undefined ? {} : { [promptId]: entry };
    },
    list: ({ maxItems, offset = -1 }) => {
      const from = offset < 0 && maxItems !== undefined ? entries.size - maxItems : offset;
      const wanted = [...entries].slice(Math.max(0, from));
      // Python stops after the entry that fills the list, so 0 and less still let one through.
      const count = maxItems === undefined ? wanted.length : Math.max(1, maxItems);
      return Object.fromEntries(wanted.slice(0, count));
    },
    delete: (promptId) => {
      entries.delete(promptId);
    },
    clear: () => entries.clear(),
  };
}

function toEntry(item: QueueItem, record: RunRecord): JsonObject {
  const meta = [...record.outputs.keys()].map((id): [string, JsonValue] => [
    id,
    { node_id: id, display_node: id, parent_node: null, real_node_id: id },
  ]);
  return {
    prompt: toQueueJson(item),
    outputs: Object.fromEntries(record.outputs),
    status: {
      status_str: record.isSuccess ? 'success' : 'error',
      completed: record.isSuccess,
      messages: record.messages.map(([event, data]): JsonValue => [event, data]),
    },
    meta: Object.fromEntries(meta),
  };
}
