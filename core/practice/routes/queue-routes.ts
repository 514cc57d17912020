import { isJsonArray, isJsonObject, type JsonValue } from '../../base/json.ts';
import { coerceValue } from '../../domain/workflow/server-validation/coerce-value.ts';
import { type Call, readJson } from '../http/call.ts';
import { crashReply, emptyReply, jsonReply, type Reply } from '../http/reply.ts';
import { bodyReply, type Route } from '../http/router.ts';
import { type Practice } from '../practice.ts';
import { toQueueJson } from '../run/prompt-queue.ts';

/** Looking at and tidying the queue and the history. */
export function queueRoutes(practice: Practice): readonly Route[] {
  const { queue, history } = practice;
  return [
    {
      method: 'GET',
      path: '/queue',
      handler: () =>
        jsonReply({
          queue_running: queue.running === undefined ? [] : [toQueueJson(queue.running)],
          queue_pending: queue.pending.map(toQueueJson),
        }),
    },
    {
      method: 'POST',
      path: '/queue',
      handler: (call) =>
        tidy(call, {
          clear: () => {
            queue.clear();
            practice.worker.tellStatus();
          },
          remove: (id) => {
            if (queue.remove(id)) practice.worker.tellStatus();
          },
        }),
    },
    {
      method: 'GET',
      path: '/history',
      handler: ({ query }) => {
        const maxItems = readCount(query.get('max_items'));
        const offset = readCount(query.get('offset'));
        if (maxItems === 'bad' || offset === 'bad') return crashReply();
        return jsonReply(
          history.list({
            ...(maxItems === undefined ? {} : { maxItems }),
            ...(offset === undefined ? {} : { offset }),
          }),
        );
      },
    },
    {
      method: 'GET',
      path: '/history/:id',
      handler: ({ params }) => jsonReply(history.get(params['id'] ?? '')),
    },
    {
      method: 'POST',
      path: '/history',
      handler: (call) =>
        tidy(call, { clear: () => history.clear(), remove: (id) => history.delete(id) }),
    },
  ];
}

async function tidy(
  call: Call,
  actions: { readonly clear: () => void; readonly remove: (id: string) => void },
): Promise<Reply> {
  const body = await readJson(call);
  if (!body.ok) return bodyReply(body.error);
  if (!isJsonObject(body.value)) return isJsonArray(body.value) ? emptyReply() : crashReply();
  const wish = body.value;
  if (isWanted(wish['clear'])) actions.clear();
  const doomed = wish['delete'];
  // Python walks a text letter by letter; no run is called like a letter.
  if (isJsonArray(doomed)) {
    for (const id of doomed) if (typeof id === 'string') actions.remove(id);
  }
  return emptyReply();
}

function isWanted(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function readCount(text: string | null): number | 'bad' | undefined {
  if (text === null) return undefined;
  const count = coerceValue(text, 'INT');
  return count.ok && typeof count.value === 'number' ? count.value : 'bad';
}
