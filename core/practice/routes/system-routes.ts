import { type Route } from '../http/router.ts';
import { emptyReply, jsonReply } from '../http/reply.ts';
import { bodyReply } from '../http/router.ts';
import { readJson } from '../http/call.ts';
import { isJsonObject } from '../../base/json.ts';
import { type Practice } from '../practice.ts';
import { serverFeatures } from '../sockets/socket-hub.ts';

/** What the server is and has: stats, features, classes, memory. */
export function systemRoutes(practice: Practice): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/system_stats',
      handler: () => jsonReply(practice.machine.stats(practice.argv)),
    },
    { method: 'GET', path: '/features', handler: () => jsonReply(serverFeatures) },
    {
      method: 'GET',
      path: '/object_info',
      handler: async () => jsonReply((await practice.info()).all()),
    },
    {
      method: 'GET',
      path: '/object_info/:name',
      handler: async ({ params }) => {
        const name = params['name'] ?? '';
        const found = (await practice.info()).get(name);
        return jsonReply(found === undefined ? {} : { [name]: found.raw });
      },
    },
    {
      method: 'POST',
      path: '/free',
      handler: async (call) => {
        const body = await readJson(call);
        if (!body.ok) return bodyReply(body.error);
        const wish = isJsonObject(body.value) ? body.value : {};
        practice.worker.free({
          unloadModels: wish['unload_models'] === true,
          freeMemory: wish['free_memory'] === true,
        });
        return emptyReply();
      },
    },
    { method: 'GET', path: '/extensions', handler: () => jsonReply([]) },
    { method: 'GET', path: '/workflow_templates', handler: () => jsonReply({}) },
    { method: 'GET', path: '/i18n', handler: () => jsonReply({}) },
  ];
}
